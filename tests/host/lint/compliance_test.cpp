// SPDX-License-Identifier: MIT
// The rules about personal and regulated data, where they must keep quiet and what they must not
// miss.
#include "tests/host/lint/one_rule.hpp"

namespace host::lint {
namespace {

BOOST_AUTO_TEST_SUITE(compliance)

BOOST_AUTO_TEST_CASE(names_that_say_something_about_the_data) {
  check_lines(
      one_rule("compliance.pii_unclassified",
               "CREATE TABLE address (id int PRIMARY KEY);\n"
               "CREATE TABLE customer (\n  email_verified boolean, phone_type text,\n"
               "  address_id int REFERENCES address, billing_address_id int,\n"
               "  email_sent_at timestamptz, email_template text, street_count int,\n"
               "  \"HomePhone\" text, national_id text, email citext);\n"
               "CREATE TEMP TABLE scratch (email text);\n"),
      {"6: column public.customer.\"HomePhone\" seems to hold personal data (phone) and is not "
       "classified",
       "6: column public.customer.national_id seems to hold personal data (national_id) and is "
       "not classified",
       "6: column public.customer.email seems to hold personal data (email) and is not "
       "classified"});
}

BOOST_AUTO_TEST_CASE(a_classification_is_a_tag_and_no_word) {
  const auto commented = [](const std::string& comment) {
    return one_rule("compliance.pii_unclassified", "CREATE TABLE t (email text);\n" + comment);
  };
  const std::vector<std::string> open{
      "1: column public.t.email seems to hold personal data (email) and is not classified"};
  check_lines(commented("COMMENT ON COLUMN t.email IS 'Their pii, not to be shown';"), open);
  check_lines(commented("COMMENT ON COLUMN t.email IS 'ship: x';"), open);
  check_lines(commented("COMMENT ON COLUMN t.email IS 'Where invoices go. PII: contact';"), {});
  check_lines(commented("COMMENT ON COLUMN t.email IS '[pii]';"), {});
  check_lines(commented("COMMENT ON TABLE t IS 'Persons. @pii';"), {});
  check_lines(commented("COMMENT ON COLUMN t.email IS 'classification = internal';"), {});
  check_lines(commented("SECURITY LABEL FOR anon ON COLUMN t.email IS 'MASKED';"), {});
}

BOOST_AUTO_TEST_CASE(what_has_to_be_encrypted_or_hashed) {
  check_lines(one_rule("compliance.pii_plain_text",
                       "CREATE DOMAIN sealed AS bytea;\nCREATE TABLE t (\n  ssn text,\n"
                       "  passport_encrypted text, iban_hash text, tax_id bytea, email text,\n"
                       "  national_id sealed,\n  email_encrypted text);\n",
                       "{encrypt: [national_id], hash: [email], types: [bytea, sealed]}"),
              {"3: column public.t.ssn is to be encrypted or hashed, and is plain text",
               "4: column public.t.email is to be hashed, and is plain text",
               "6: column public.t.email_encrypted is to be hashed, and is plain text"});
}

BOOST_AUTO_TEST_CASE(cards) {
  check_lines(
      one_rule("compliance.card_number",
               "CREATE TABLE payment (\n  card_number_hash text, card_number_masked text,\n"
               "  pan bytea, credit_card_last4 text, card_number char(4), cc_number varchar(19),\n"
               "  cvv_encrypted bytea, card_number_id bigint, pan_size int);\n"),
      {"3: column public.payment.cc_number seems to hold card numbers that can be read",
       "4: column public.payment.cvv_encrypted seems to keep a card's security code, which "
       "PCI-DSS forbids in any form",
       "4: column public.payment.pan_size seems to hold card numbers that can be read"});
}

BOOST_AUTO_TEST_CASE(records_of_changes) {
  const std::string customer = "CREATE TABLE customer (id int, email text);\n";
  const std::string rule = "compliance.audit_trail";
  const std::string open =
      "1: table public.customer holds personal data (email), and nothing "
      "records its ";
  const auto trigger = [](const std::string& events, const std::string& name) {
    return "CREATE TRIGGER " + name + " AFTER " + events +
           " ON customer FOR EACH ROW EXECUTE FUNCTION touch();\n";
  };
  check_lines(one_rule(rule, customer), {open + "UPDATE and DELETE"});
  check_lines(one_rule(rule, customer + trigger("UPDATE OR DELETE", "touch")),
              {open + "UPDATE and DELETE"});
  check_lines(one_rule(rule, customer + trigger("INSERT OR UPDATE", "audit")), {open + "DELETE"});
  check_lines(
      one_rule(rule, customer + trigger("UPDATE", "audit_u") + trigger("DELETE", "audit_d")), {});
  check_lines(one_rule(rule, customer + "CREATE TABLE customer_history (id int, email text);"), {});
  check_lines(one_rule(rule, customer + "CREATE EXTENSION pgaudit;"), {});
  check_lines(one_rule(rule, customer + "COMMENT ON TABLE customer IS 'audit: debezium';"), {});
  check_lines(one_rule(rule, "CREATE TABLE ledger (id int);", "tables: [ledger]"),
              {"1: table public.ledger is regulated, and nothing records its UPDATE and DELETE"});
}

BOOST_AUTO_TEST_CASE(how_long_and_by_what_right) {
  check_lines(one_rule("compliance.retention",
                       "CREATE TABLE a (email text, expires_at timestamptz);\n"
                       "CREATE TABLE b (email text, at date) PARTITION BY RANGE (at);\n"
                       "CREATE TABLE c (email text, at date) PARTITION BY HASH (at);\n"
                       "CREATE TABLE d (id int);\n"),
              {"3: table public.c holds personal data (email), and nothing says how long"});
  check_lines(one_rule("compliance.consent",
                       "CREATE TABLE a (email text, newsletter_opt_in boolean);\n"
                       "CREATE TABLE b (id int PRIMARY KEY, email text);\n"
                       "CREATE TABLE b_consent (b_id int REFERENCES b);\n"
                       "CREATE TABLE b_address (b_id int REFERENCES b, street text);\n"
                       "CREATE TABLE c (email text);\nCREATE TABLE d (email text);\n"
                       "COMMENT ON TABLE d IS 'Legal basis: contract';\n"),
              {"5: table public.c holds personal data (email), and nothing says by what right"});
}

BOOST_AUTO_TEST_CASE(erasing_a_person) {
  check_lines(
      one_rule("compliance.erasure_path",
               "CREATE TABLE person (id int PRIMARY KEY, email text, boss int REFERENCES person);\n"
               "CREATE TABLE a (p int REFERENCES person ON DELETE CASCADE);\n"
               "CREATE TABLE b (p int REFERENCES person ON DELETE RESTRICT);\n"
               "CREATE TABLE guest (id int PRIMARY KEY, email text, erased_at timestamptz);\n"
               "CREATE TABLE c (g int REFERENCES guest);\n"),
      {"3: rows of table public.person, which holds personal data (email), cannot be deleted while "
       "public.b (p) refers to them"});
}

BOOST_AUTO_TEST_CASE(data_between_other_data) {
  check_lines(one_rule("compliance.data_segregation",
                       "CREATE TABLE b (email text);\nCREATE TABLE a (phone text);\n"
                       "CREATE TABLE c (id int);\nCREATE TABLE persons.d (email text);\n"
                       "CREATE TABLE mixed.e (email text);\nCREATE TABLE mixed.f (id int);\n",
                       "schemas: [mixed]"),
              {"2: schema public holds regulated data (a, b) between 1 other table"});
  check_lines(one_rule("compliance.health_data",
                       "CREATE TABLE clinical.visit (diagnosis text);\n"
                       "CREATE TABLE visit (diagnosis_code_type text, allergies text);\n"),
              {"2: column public.visit.allergies seems to hold health data (allergies) outside of "
               "the schemas for it"});
}

BOOST_AUTO_TEST_CASE(who_answers) {
  check_lines(one_rule("compliance.owner_tag",
                       "CREATE SCHEMA pay;\nCOMMENT ON SCHEMA pay IS 'owner: billing';\n"
                       "CREATE TABLE pay.a (id int);\nCREATE TABLE b (id int);\n"
                       "COMMENT ON TABLE b IS 'The owner of it all';\n"),
              {"4: the comment of table public.b names no team that it belongs to"});
  check_lines(one_rule_of_migration("compliance.change_record",
                                    "-- Ticket: PAY-1\n-- author:\nALTER TABLE a ADD b int;\n",
                                    "headers: [ticket, author, reviewer]"),
              {"1: the migration does not say its author, reviewer"});
  check_lines(one_rule_of_migration("compliance.change_record", "-- nothing here\n"), {});
}

BOOST_AUTO_TEST_CASE(records_that_are_switched_off) {
  check_lines(
      one_rule_of_migration(
          "compliance.audit_disabled",
          "CREATE TABLE t (id int);\n"
          "CREATE TRIGGER t_audit AFTER UPDATE ON t FOR EACH ROW EXECUTE FUNCTION record();\n"
          "ALTER TABLE t DISABLE TRIGGER touch;\nALTER TABLE unknown DISABLE TRIGGER USER;\n"
          "DROP TRIGGER x_audit ON x;\nDROP TABLE invoice_audit;\nDROP TABLE auditorium;\n"
          "SET log_statement = 'none';\nSET log_statement = 'all';\nRESET log_statement;\n"
          "ALTER SYSTEM SET log_connections = off;\nALTER ROLE bob SET pgaudit.log = 'none';\n"
          "DROP EXTENSION pgaudit;\nSET client_min_messages = 'log';\n"),
      {"4: all triggers of table unknown are switched off, also one that records changes",
       "5: trigger x_audit is dropped, and records no changes any more",
       "6: table invoice_audit is dropped, and records no changes any more",
       "8: setting log_statement switches the log off",
       "11: setting log_connections switches the log off",
       "12: setting pgaudit.log switches the log off",
       "13: pgaudit is dropped, and nothing writes to the audit log any more"});
}

BOOST_AUTO_TEST_CASE(copies_of_personal_data) {
  check_lines(
      one_rule("compliance.unlogged_regulated",
               "CREATE UNLOGGED TABLE cache (id int, value text);\n"
               "CREATE TABLE customer (id int, email text);\n"
               "CREATE TEMP TABLE mails AS SELECT id, email FROM customer;\n"),
      {"3: temporary table pg_temp.mails holds personal data (email): a copy that no rule about "
       "the original reaches"});
}

BOOST_AUTO_TEST_CASE(data_that_is_handed_out) {
  const std::string customer = "CREATE TABLE customer (id int, email text);\n";
  const std::string rule = "compliance.export_function";
  const std::string open =
      "1: table public.customer holds personal data (email), and no view or function hands it out";
  check_lines(one_rule(rule, customer + "CREATE VIEW v AS SELECT email FROM customer;"), {open});
  check_lines(one_rule(rule, customer + "CREATE FUNCTION export_customer(n int) RETURNS json "
                                        "LANGUAGE plpgsql AS $$ BEGIN\n  RETURN (SELECT to_json(c) "
                                        "FROM customer c WHERE c.id = n);\nEND $$;"),
              {});
  check_lines(one_rule(rule, customer + "CREATE FUNCTION export_product() RETURNS bigint LANGUAGE "
                                        "sql AS 'SELECT count(*) FROM product';"),
              {open});
}

BOOST_AUTO_TEST_CASE(columns_for_the_audit_of_personal_data) {
  check_lines(one_rule("compliance.audit_columns",
                       "CREATE TABLE a (email_verified boolean);\nCREATE TABLE b (phone text, "
                       "created_at timestamptz);\n",
                       "columns: [created_at, created_by]"),
              {"2: table public.b holds personal data (phone) and has no created_by"});
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::lint
