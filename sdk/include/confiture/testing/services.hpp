// SPDX-License-Identifier: MIT
// confiture/testing/services.hpp - the services of the fake host; included by testing/host.hpp.
#pragma once

#include <confiture/testing/host.hpp>

#pragma GCC visibility push(hidden)
namespace confiture {
namespace testing {
namespace detail {

inline confiture_status run_query(confiture_call* handle, confiture_str sql,
                                  const confiture_str* params, std::size_t count,
                                  const confiture_result** out) noexcept {
  FakeCall& call = FakeCall::from(handle);
  Query query{text_of(sql), {}};
  for (std::size_t index = 0; index < count; ++index)
    query.parameters.push_back(params[index].data == nullptr ? Value()
                                                             : Value(text_of(params[index])));
  call.host().queries.push_back(query);
  const auto answer = call.host().answers.find(query.sql);
  if (answer == call.host().answers.end()) {
    call.fail("no answer is set for the query: " + query.sql, {});
    return CONFITURE_DB_ERROR;
  }
  const confiture_result* result = call.keep(answer->second);
  if (out != nullptr) *out = result;
  return CONFITURE_OK;
}

inline const Rows& rows_of(const confiture_result* result) {
  return *reinterpret_cast<const Rows*>(result);
}
inline const confiture_db_v1 fake_db = {
    run_query, [](const confiture_result* result) noexcept { return rows_of(result).rows.size(); },
    [](const confiture_result* result) noexcept { return rows_of(result).columns.size(); },
    [](const confiture_result* result, std::size_t column) noexcept {
      return to_str(rows_of(result).columns[column]);
    },
    [](const confiture_result* result, std::size_t row, std::size_t column) noexcept {
      const Value& value = rows_of(result).rows[row][column];
      return value ? to_str(*value) : no_value();
    }};

inline confiture_status get_from(const std::map<std::string, std::string>& store,
                                 confiture_call* call, confiture_str key, confiture_str* out) {
  const auto found = store.find(text_of(key));
  if (found == store.end()) return CONFITURE_NOT_FOUND;
  *out = FakeCall::from(call).keep(found->second);
  return CONFITURE_OK;
}
inline Host& host_of(confiture_call* call) {
  return FakeCall::from(call).host();
}

// The same label gives the same bytes; no secret in them.
inline confiture_status derive_fake_key(confiture_call* call, confiture_str label,
                                        std::uint8_t* out, std::size_t size) noexcept {
  if (!host_of(call).has_key) {
    FakeCall::from(call).fail("no anonymization key is configured", {});
    return CONFITURE_FAILED;
  }
  std::uint64_t state = 14695981039346656037u;
  const auto mix = [&](unsigned char byte) { state = (state ^ byte) * 1099511628211u; };
  for (const char c : to_view(label)) mix(static_cast<unsigned char>(c));
  for (std::size_t index = 0; index < size; ++index) {
    mix(static_cast<unsigned char>(index));
    out[index] = static_cast<std::uint8_t>(state >> 32);
  }
  return CONFITURE_OK;
}
inline const confiture_secret_v1 fake_secrets = {
    [](confiture_call* call, confiture_str name, confiture_str* out) noexcept {
      const confiture_status status = get_from(host_of(call).secrets, call, name, out);
      if (status != CONFITURE_OK)
        FakeCall::from(call).fail("there is no secret '" + text_of(name) + "'", {});
      return status;
    },
    derive_fake_key};

inline const confiture_cache_v1 fake_cache = {
    [](confiture_call* call, confiture_str key, confiture_str* out) noexcept {
      return get_from(host_of(call).cache, call, key, out);
    },
    [](confiture_call* call, confiture_str key, confiture_str value,
       confiture_str* winner) noexcept -> confiture_status {
      const auto stored = host_of(call).cache.emplace(text_of(key), text_of(value)).first;
      *winner = FakeCall::from(call).keep(stored->second);
      return CONFITURE_OK;
    }};

inline const confiture_metadata_v1 fake_metadata = {
    [](confiture_call* call, confiture_str key, confiture_str* out) noexcept {
      return get_from(host_of(call).metadata, call, key, out);
    },
    [](confiture_call* call, confiture_str key, confiture_str value) noexcept -> confiture_status {
      host_of(call).metadata[text_of(key)] = text_of(value);
      return CONFITURE_OK;
    }};

inline confiture_status all_metadata(confiture_call* call, const confiture_metadata_entry** out,
                                     std::size_t* count) noexcept {
  const std::map<std::string, std::string>& store = host_of(call).metadata;
  auto* list = static_cast<confiture_metadata_entry*>(FakeCall::from(call).allocate(
      (store.size() + 1) * sizeof(confiture_metadata_entry), alignof(confiture_metadata_entry)));
  if (list == nullptr) return CONFITURE_NO_MEMORY;
  *out = list;
  *count = store.size();
  for (const auto& [key, value] : store)
    new (list++) confiture_metadata_entry{to_str(key), to_str(value)};
  return CONFITURE_OK;
}
inline const confiture_metadata_v2 fake_metadata_v2 = {fake_metadata.get, fake_metadata.set,
                                                       all_metadata};

inline const confiture_progress_v1 fake_progress = {
    [](confiture_call*, std::uint64_t, std::uint64_t, confiture_str) noexcept {}};

inline const confiture_lint_v1 fake_lint = {
    [](confiture_call* call, const confiture_finding* finding) noexcept {
      Found found{finding->at == nullptr ? "" : Tree::from(finding->at).name(),
                  text_of(finding->message),
                  text_of(finding->hint),
                  text_of(finding->suggestion),
                  finding->severity,
                  finding->risk,
                  {}};
      for (std::uint32_t index = 0; index < finding->edit_count; ++index)
        found.edits.push_back({finding->edits[index].offset, finding->edits[index].end_offset,
                               text_of(finding->edits[index].text)});
      FakeCall::from(call).found.push_back(std::move(found));
    }};

// Whatever is selected: the fake host has no rules.
inline confiture_status judge(confiture_call* handle, const confiture_lint_query* query,
                              const confiture_lint_finding** out, std::size_t* count) noexcept {
  FakeCall& call = FakeCall::from(handle);
  const std::vector<Judged>& judged = call.host().judged;
  *out = nullptr;
  *count = 0;
  if (query->node == nullptr || judged.empty()) return CONFITURE_OK;
  auto* list = static_cast<confiture_lint_finding*>(call.allocate(
      judged.size() * sizeof(confiture_lint_finding), alignof(confiture_lint_finding)));
  if (list == nullptr) return CONFITURE_NO_MEMORY;
  for (std::size_t index = 0; index < judged.size(); ++index) {
    confiture_lint_finding& finding = *new (&list[index]) confiture_lint_finding{};
    finding.rule = to_str(judged[index].rule);
    finding.message = to_str(judged[index].message);
    finding.severity = judged[index].severity;
    finding.location.file = to_str(judged[index].file);
    finding.location.line = judged[index].line;
    finding.location.column = judged[index].column;
  }
  *out = list;
  *count = judged.size();
  return CONFITURE_OK;
}
inline const confiture_linter_v1 fake_linter = {judge};

inline const void* find_service(const confiture_host* handle, std::string_view id) noexcept {
  const Host& host = *static_cast<const Host*>(handle->host_data);
  if (id == CONFITURE_SERVICE_CONFIG) return &Config::table();
  if (id == CONFITURE_SERVICE_SCHEMA) return &Tree::table();
  if (id == CONFITURE_SERVICE_DB) return host.grants_db ? &fake_db : nullptr;
  if (id == CONFITURE_SERVICE_SECRET) return host.grants_secret ? &fake_secrets : nullptr;
  if (id == CONFITURE_SERVICE_CACHE) return &fake_cache;
  if (id == CONFITURE_SERVICE_PROGRESS) return &fake_progress;
  if (id == CONFITURE_SERVICE_METADATA) return &fake_metadata;
  if (id == CONFITURE_SERVICE_METADATA_V2) return &fake_metadata_v2;
  if (id == CONFITURE_SERVICE_LINT) return &fake_lint;
  if (id == CONFITURE_SERVICE_LINTER) return &fake_linter;
  return nullptr;
}

}  // namespace detail
}  // namespace testing
}  // namespace confiture
#pragma GCC visibility pop
