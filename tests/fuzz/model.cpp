// SPDX-License-Identifier: MIT
// Fuzzes the model: what any statements make, walked as a rule may walk it.
#include <cstdint>
#include <string>
#include <unordered_set>

#include "host/sql/schema_model.hpp"
#include "tests/fuzz/require.hpp"

namespace {

using host::sql::Node;

class Walk {
 public:
  explicit Walk(std::size_t size) : size_(size) {}

  void visit(const Node* node) {
    if (node == nullptr || !seen_.insert(node).second) return;
    require(node->kind != 0, "a node has no kind");
    require(node->offset <= node->end_offset, "a node ends before it begins");
    require(node->end_offset <= size_, "a node passes the end");
    node->texts.each([&](std::uint32_t prop, std::string_view text) {
      sum_ += prop + text.size();
      for (const char c : text) sum_ += static_cast<unsigned char>(c);  // the memory is there
    });
    node->links.each([&](std::uint32_t, const Node* to) { visit(to); });
    node->lists.each([&](std::uint32_t, const Node::List& items) {
      for (const Node* item : items) visit(item);
    });
  }

 private:
  std::size_t size_;
  std::size_t sum_ = 0;
  std::unordered_set<const Node*> seen_;
};

void walk(const std::string& text, bool migrations) {
  using namespace host::sql;
  ModelOptions options;
  options.migrations = migrations;
  SchemaModel model(options);
  // The first half of the file and then all of it: objects that are there already, and again.
  for (const std::string& part : {text.substr(0, text.size() / 2), text}) {
    const Script script = parse_script(Source("fuzz.sql", part));
    Walk each(part.size());
    model.apply(script, [&](const Node& node) { each.visit(&node); });
  }
  model.finish();
  Walk after(text.size());
  for (std::uint32_t kind = 1; kind < SchemaModel::kind_count; ++kind)
    for (const Node* node : model.objects(kind)) after.visit(node);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  walk(text, true);
  walk(text, false);
  return 0;
}
