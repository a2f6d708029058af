// SPDX-License-Identifier: MIT
// confiture.schema/1
#include "host/extensions/services.hpp"
#include "host/sql/node.hpp"

namespace host::extensions {
namespace {

uint32_t kind(const confiture_node* node) noexcept {
  return node == nullptr ? 0 : node->kind;
}

confiture_str text(const confiture_node* node, uint32_t prop) noexcept {
  if (node == nullptr) return {nullptr, 0};
  const std::string_view value = node->text(prop);
  return {value.data(), value.size()};
}

int64_t integer(const confiture_node* node, uint32_t prop) noexcept {
  return node == nullptr ? 0 : node->integer(prop);
}

const confiture_node* link(const confiture_node* node, uint32_t to) noexcept {
  return node == nullptr ? nullptr : node->link(to);
}

size_t count(const confiture_node* node, uint32_t list) noexcept {
  return node == nullptr ? 0 : node->list(list).size();
}

const confiture_node* at(const confiture_node* node, uint32_t list, size_t index) noexcept {
  if (node == nullptr || index >= node->list(list).size()) return nullptr;
  return node->list(list)[index];
}

void location(const confiture_node* node, confiture_location* out) noexcept {
  if (out == nullptr) return;
  *out = confiture_location{};
  if (node == nullptr) return;
  out->file = {node->file.data(), node->file.size()};
  out->line = node->line;
  out->column = node->column;
  out->end_line = node->end_line;
  out->end_column = node->end_column;
  out->offset = node->offset;
  out->end_offset = node->end_offset;
}

}  // namespace

const confiture_schema_v1 schema_service{kind, text, integer, link, count, at, location};

}  // namespace host::extensions
