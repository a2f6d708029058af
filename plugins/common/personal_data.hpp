// SPDX-License-Identifier: MIT
// Which columns hold data about persons, by their names: lists that rules have as defaults of their
// parameters, and what makes a name with such a word mean something else.
#pragma once

#include <confiture/schema.hpp>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/common/names.hpp"

namespace plugins {

// What tells one person from another or reaches them (GDPR, Art. 4).
inline std::vector<std::string> personal_names() {
  return {"email",           "e_mail",      "phone",        "mobile",     "fax",
          "first_name",      "last_name",   "surname",      "given_name", "family_name",
          "full_name",       "maiden_name", "contact_name", "birthday",   "birth_date",
          "date_of_birth",   "birthdate",   "dob",          "street",     "address",
          "postal_code",     "iban",        "card_number",  "passport",   "driver_license",
          "driving_licence", "ssn",         "national_id",  "tax_id",     "social_security",
          "gender",          "ip_address",  "nationality",  "ethnicity",  "religion",
          "biometric",       "fingerprint"};
}

// What says that a row is a person: a table with an address or a phone alone may be of companies.
inline std::vector<std::string> person_names() {
  return {"email",         "e_mail",      "first_name", "last_name",       "surname",
          "given_name",    "family_name", "full_name",  "maiden_name",     "birthday",
          "birth_date",    "birthdate",   "dob",        "passport",        "ssn",
          "date_of_birth", "national_id", "tax_id",     "social_security", "contact_name"};
}

// What does harm by itself once it is known, and may not be read by everybody.
inline std::vector<std::string> sensitive_names() {
  return {"ssn",
          "social_security",
          "national_id",
          "passport",
          "tax_id",
          "iban",
          "account_number",
          "driver_license",
          "driving_licence",
          "card_number",
          "credit_card",
          "cvv",
          "biometric",
          "fingerprint",
          "religion",
          "ethnicity",
          "diagnosis",
          "medical_record"};
}

// Health (HIPAA's PHI, Art. 9 of the GDPR).
inline std::vector<std::string> health_names() {
  return {"diagnosis", "diagnoses",    "icd_code",   "icd10",          "medical_record",
          "mrn",       "prescription", "medication", "blood_type",     "blood_pressure",
          "allergy",   "allergies",    "lab_result", "immunization",   "vaccination",
          "treatment", "symptoms",     "disability", "health_plan_id", "insurance_member_id",
          "patient_id"};
}

// What says that a value is not the plain one.
inline std::vector<std::string> hash_marks() {
  return {"hash", "hashed", "digest", "hmac", "bcrypt", "scrypt", "argon2", "sha256"};
}
inline std::vector<std::string> cipher_marks() {
  return {"encrypted", "enc", "cipher", "ciphertext", "sealed"};
}

inline bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  for (const std::string_view one : words)
    if (one == word) return true;
  return false;
}

inline bool is_plain_text_type(const confiture::Node& column) {
  std::string_view type = column.type_name();
  if (type.ends_with("[]")) type.remove_suffix(2);
  return is_one_of(type, {"text", "varchar", "bpchar", "citext", "name"});
}

// Whether a foreign key of its table has the column: it holds a key of another table, and no data.
inline bool refers_elsewhere(const confiture::Node& column) {
  for (const confiture::Node& constraint : column.parent().constraints())
    if (constraint.constraint_kind() == "foreign_key")
      for (const confiture::Node& one : constraint.columns())
        if (one.name() == column.name()) return true;
  return false;
}

// The word of `names` for which a column seems to hold the data itself, or nullptr: not where it
// says something about the data (email_verified, phone_type), is a truth, a key of another table or
// a number that is made here.
inline const std::string* data_word(const confiture::Node& column,
                                    const std::vector<std::string>& names) {
  const std::string* found = matching(column.name(), names);
  if (found == nullptr || column.type_name() == "bool" || refers_elsewhere(column)) return nullptr;
  static const std::vector<std::string> about{
      "type",    "kind",     "format",   "status",  "verified", "verification", "confirmed",
      "valid",   "template", "count",    "enabled", "hint",     "label",        "subject",
      "body",    "opt_in",   "opted",    "consent", "policy",   "at",           "sent",
      "bounced", "provider", "required", "prefix",  "domain",   "category"};
  if (matching(column.name(), about) != nullptr && matching(*found, about) == nullptr)
    return nullptr;
  const std::vector<std::string> words = words_of(column.name());
  const bool key = words.size() > 1 && words.back() == "id" && words_of(*found).back() != "id";
  if (key || column.is_identity() || column.is_serial()) return nullptr;
  return found;
}

// The first column of a table that holds such data, or an empty node.
inline confiture::Node data_column(const confiture::Node& table,
                                   const std::vector<std::string>& names) {
  for (const confiture::Node& column : table.columns())
    if (data_word(column, names) != nullptr) return column;
  return {};
}

}  // namespace plugins
