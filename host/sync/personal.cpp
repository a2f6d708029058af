// SPDX-License-Identifier: MIT
#include "host/sync/personal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "host/foundation/text.hpp"
#include "host/sync/patterns.hpp"
#include "host/sync/yaml.hpp"

namespace host::sync {
namespace {

// Words of a column's name and the kind of data that they mean, the telling ones first. A word of
// several parts stands for those parts in a row: home_address.
struct Meaning {
  std::string_view word, kind;
};
constexpr std::array meanings{
    Meaning{"e_mail", "email"},
    Meaning{"email", "email"},
    Meaning{"mail", "email"},
    Meaning{"user_name", "username"},
    Meaning{"username", "username"},
    Meaning{"login", "username"},
    Meaning{"nickname", "username"},
    Meaning{"first_name", "first_name"},
    Meaning{"firstname", "first_name"},
    Meaning{"given_name", "first_name"},
    Meaning{"forename", "first_name"},
    Meaning{"prenom", "first_name"},
    Meaning{"vorname", "first_name"},
    Meaning{"last_name", "last_name"},
    Meaning{"lastname", "last_name"},
    Meaning{"family_name", "last_name"},
    Meaning{"surname", "last_name"},
    Meaning{"nachname", "last_name"},
    Meaning{"middle_name", "first_name"},
    Meaning{"maiden_name", "last_name"},
    Meaning{"full_name", "name"},
    Meaning{"fullname", "name"},
    Meaning{"contact_name", "name"},
    Meaning{"customer_name", "name"},
    Meaning{"card_holder", "name"},
    Meaning{"phone", "phone"},
    Meaning{"phone2", "phone"},
    Meaning{"telephone", "phone"},
    Meaning{"telefon", "phone"},
    Meaning{"mobile", "phone"},
    Meaning{"fax", "phone"},
    Meaning{"iban", "iban"},
    Meaning{"account_number", "account"},
    Meaning{"credit_card", "card"},
    Meaning{"creditcard", "card"},
    Meaning{"card_number", "card"},
    Meaning{"card", "card"},
    Meaning{"pan", "card"},
    Meaning{"ssn", "national_id"},
    Meaning{"nir", "national_id"},
    Meaning{"passport", "national_id"},
    Meaning{"national_id", "national_id"},
    Meaning{"tax_id", "national_id"},
    Meaning{"social_security", "national_id"},
    Meaning{"ip_address", "ipv4"},
    Meaning{"ip", "ipv4"},
    Meaning{"mac_address", "mac"},
    Meaning{"user_agent", "user_agent"},
    Meaning{"birth_date", "date_of_birth"},
    Meaning{"birthdate", "date_of_birth"},
    Meaning{"birthday", "date_of_birth"},
    Meaning{"date_of_birth", "date_of_birth"},
    Meaning{"dob", "date_of_birth"},
    Meaning{"born", "date_of_birth"},
    Meaning{"gender", "gender"},
    Meaning{"sex", "gender"},
    Meaning{"street", "street"},
    Meaning{"address", "street"},
    Meaning{"address2", "street"},
    Meaning{"addr", "street"},
    Meaning{"city", "city"},
    Meaning{"postal_code", "postcode"},
    Meaning{"postcode", "postcode"},
    Meaning{"zip", "postcode"},
    Meaning{"zipcode", "postcode"},
    Meaning{"password", "redact"},
    Meaning{"passwd", "redact"},
    Meaning{"secret", "redact"},
    Meaning{"token", "redact"},
    Meaning{"salary", "amount"},
    Meaning{"income", "amount"},
    Meaning{"religion", "redact"},
    Meaning{"diagnosis", "redact"},
    Meaning{"medical", "redact"},
    Meaning{"biography", "redact"},
};

// Words of a table that say that a bare "name" in it is a person's.
constexpr std::array<std::string_view, 14> people{
    "customer", "user",   "person", "people", "employee", "contact",   "patient",
    "member",   "client", "staff",  "actor",  "author",   "applicant", "subscriber"};

// "homeAddress", "Home Address" and "HOME-ADDRESS" as "_home_address_".
std::string in_words(std::string_view name) {
  std::string words = "_";
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    const bool upper = c >= 'A' && c <= 'Z';
    const bool letter = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                        static_cast<unsigned char>(c) >= 0x80;
    const bool after_lower = i > 0 && name[i - 1] >= 'a' && name[i - 1] <= 'z';
    if ((!letter || (upper && after_lower)) && words.back() != '_') words += '_';
    if (letter) words += upper ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return words.back() == '_' ? words : words + '_';
}

bool holds_word(const std::string& words, std::string_view word, std::string_view ending = "") {
  return words.find(fmt::format("_{}{}_", word, ending)) != std::string::npos;
}

bool holds_json(const Column& column) {
  return column.type_name == "json" || column.type_name == "jsonb";
}

// What strategies for texts take.
bool holds_plain_text(const Column& column) {
  constexpr std::array<std::string_view, 5> types{"text", "varchar", "bpchar", "citext", "name"};
  std::string_view type = column.type_name;
  if (column.array) type.remove_suffix(2);
  return std::find(types.begin(), types.end(), type) != types.end();
}

bool holds_text(const Column& column) {
  constexpr std::array<std::string_view, 9> types{"text", "varchar", "bpchar", "citext", "name",
                                                  "json", "jsonb",   "hstore", "xml"};
  std::string_view type = column.type_name;
  if (column.array) type.remove_suffix(2);
  return std::find(types.begin(), types.end(), type) != types.end();
}

bool holds_number(const Column& column) {
  return column.type_name == "int2" || column.type_name == "int4" || column.type_name == "int8" ||
         column.type_name == "numeric" || column.type_name == "bool";
}

bool is_key(const Table& table, const Column& column, const Catalog& catalog) {
  const auto in = [&](const std::vector<std::string>& names) {
    return std::find(names.begin(), names.end(), column.name) != names.end();
  };
  return in(table.primary_key) ||
         std::any_of(catalog.unique_indexes.begin(), catalog.unique_indexes.end(),
                     [&](const UniqueIndex& index) {
                       return index.table == table.name && in(index.columns);
                     });
}

// Whatever plugin has it: the host knows none by name.
std::string strategy_called(std::string_view name, const extensions::Registry& registry) {
  for (const extensions::Extension* strategy : registry.all(extensions::Kind::strategy))
    if (const std::size_t dot = strategy->id.find('.');
        dot != std::string::npos && std::string_view(strategy->id).substr(dot + 1) == name)
      return strategy->id;
  return {};
}

// Of a composite: a strategy for each field whose name tells something, or NULL for all of it.
std::string suggest_fields(const Table& table, const Column& column, const Catalog& catalog,
                           const extensions::Registry& registry) {
  std::string fields;
  for (const Column& field : column.attributes) {
    const Suspicion suspicion = judge_name(table, field);
    const std::string strategy =
        suspicion ? suggest_strategy(suspicion, table, field, catalog, registry) : "";
    if (!strategy.empty() && strategy != "drop")
      fields += fmt::format("{}{}: {}", fields.empty() ? "" : ", ", yaml_key(field.name), strategy);
  }
  if (!fields.empty()) return fmt::format("{{ fields: {{ {} }} }}", fields);
  return strategy_called(column.not_null ? "constant" : "null", registry);
}

}  // namespace

Suspicion judge_name(const Table& table, const Column& column) {
  const std::string words = in_words(column.name);
  // A number that only points at a person's row, or says yes or no.
  const bool number = holds_number(column);
  for (const Meaning& meaning : meanings) {
    // A number of mails is how many there are.
    if (!holds_word(words, meaning.word) && (number || !holds_word(words, meaning.word, "s")))
      continue;
    const bool numeric_kind = meaning.kind == "amount" || meaning.kind == "phone" ||
                              meaning.kind == "card" || meaning.kind == "national_id" ||
                              meaning.kind == "account" || meaning.kind == "gender";
    if (number && (!numeric_kind || holds_word(words, "id") || column.type_name == "bool"))
      continue;
    return {std::string(meaning.kind), "its name"};
  }
  if (words == "_name_" && holds_text(column)) {
    const std::string owner = in_words(table.name.name);
    for (const std::string_view person : people)
      if (owner.find(fmt::format("_{}", person)) != std::string::npos) return {"name", "its name"};
  }
  const std::string_view type =
      std::string_view(column.type_name).substr(0, column.type_name.find('['));
  if (type == "inet" || type == "cidr") return {"ipv4", "its type"};
  if (type == "macaddr" || type == "macaddr8") return {"mac", "its type"};
  for (const Column& field : column.attributes)
    if (const Suspicion suspicion = judge_name(table, field))
      return {suspicion.kind, fmt::format("the name of its field '{}'", field.name)};
  if (column.type_name == "tsvector") return {"drop", "a copy of the words of other columns"};
  return {};
}

std::map<std::string, Suspicion> judge_values(const Table& table, postgres::Connection& source) {
  std::vector<const Column*> looked;
  std::string list;
  for (const Column& column : table.columns)
    if (!column.generated && (holds_text(column) || !column.attributes.empty())) {
      looked.push_back(&column);
      list += fmt::format("{}left({}::text, 10000)", list.empty() ? "" : ", ",
                          postgres::quote_identifier(column.name));
    }
  std::map<std::string, Suspicion> found;
  if (looked.empty()) return found;
  constexpr std::array<std::string_view, all_patterns.size()> kinds{"email", "phone",       "card",
                                                                    "iban",  "national_id", "hash"};
  const postgres::Result rows =
      source.query(fmt::format("SELECT {} FROM ONLY {} LIMIT 500", list, table.name.sql()));
  for (std::size_t i = 0; i < looked.size(); ++i) {
    PatternCounts counts;
    for (std::size_t row = 0; row < rows.row_count(); ++row)
      counts.add(rows.value(row, i).value_or(""));
    for (const Pattern pattern : all_patterns)
      if (counts.of(pattern) > 0 && found.count(looked[i]->name) == 0)
        found[looked[i]->name] = {std::string(kinds[static_cast<std::size_t>(pattern)]),
                                  fmt::format("{} among its values", plural(pattern))};
  }
  return found;
}

std::string suggest_strategy(const Suspicion& suspicion, const Table& table, const Column& column,
                             const Catalog& catalog, const extensions::Registry& registry) {
  if (suspicion.kind == "drop") {
    if (!column.not_null || column.has_default) return "drop";
    const std::string constant = strategy_called("constant", registry);
    return constant.empty() ? "" : fmt::format("{{ use: {}, with: {{ value: \"\" }} }}", constant);
  }
  const std::string redact = strategy_called("redact", registry);
  if (holds_json(column) && !redact.empty())
    return fmt::format("{{ json: {{ \"**\": {} }} }}", redact);
  if (!column.attributes.empty()) return suggest_fields(table, column, catalog, registry);
  const bool key = is_key(table, column, catalog);
  const auto usable = [&](const std::string& id) {
    return !id.empty() && (!key || (registry.find(extensions::Kind::strategy, id)->strategy.flags &
                                    CONFITURE_STRATEGY_KEEPS_UNIQUE) != 0);
  };
  std::vector<std::string> names{suspicion.kind};
  if (!holds_plain_text(column) && holds_text(column)) names.clear();
  if (key && holds_plain_text(column)) names.emplace_back("hash");
  if (key && holds_number(column)) names.emplace_back("integer");
  if (!column.not_null && !key) names.emplace_back(holds_plain_text(column) ? "redact" : "null");
  names.emplace_back(holds_plain_text(column) ? "redact" : "constant");
  for (const std::string& name : names)
    if (const std::string id = strategy_called(name, registry); usable(id)) return id;
  return {};
}

}  // namespace host::sync
