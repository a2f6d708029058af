// SPDX-License-Identifier: MIT
#include "plugins/risk/form.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>

namespace plugins::risk {
namespace {

constexpr std::string_view texts[] = {
#include "form_texts.inc"
};

constexpr std::array<std::string_view Form::*, 22> columns{
    &Form::id,      &Form::statement, &Form::since,  &Form::lock,    &Form::reads,
    &Form::writes,  &Form::rewrite,   &Form::rebuild, &Form::scan,   &Form::work,
    &Form::lost,    &Form::reversible, &Form::way_back, &Form::clients, &Form::risk,
    &Form::reason,  &Form::safer,     &Form::source, &Form::flags,   &Form::target,
    &Form::setup,   &Form::sql};

std::string_view take(std::string_view& text, char end) {
  const std::size_t stop = std::min(text.find(end), text.size());
  const std::string_view part = text.substr(0, stop);
  text.remove_prefix(std::min(stop + 1, text.size()));
  return part;
}

std::vector<Form> read() {
  std::vector<Form> all;
  for (std::string_view text : texts) {
    bool heading = true;
    while (!text.empty()) {
      std::string_view line = take(text, '\n');
      if (line.empty() || line.front() == '#') continue;
      if (!heading) {
        Form& form = all.emplace_back();
        for (const auto column : columns) form.*column = take(line, '\t');
      }
      heading = false;
    }
  }
  std::sort(all.begin(), all.end(), [](const Form& a, const Form& b) { return a.id < b.id; });
  return all;
}

constexpr std::array<std::string_view, 8> modes{
    "ACCESS SHARE", "ROW SHARE",           "ROW EXCLUSIVE", "SHARE UPDATE EXCLUSIVE",
    "SHARE",        "SHARE ROW EXCLUSIVE", "EXCLUSIVE",     "ACCESS EXCLUSIVE"};

}  // namespace

const std::vector<Form>& forms() {
  static const std::vector<Form> all = read();
  return all;
}

const Form& form(std::string_view id) {
  const auto found = std::lower_bound(forms().begin(), forms().end(), id,
                                      [](const Form& a, std::string_view b) { return a.id < b; });
  if (found == forms().end() || found->id != id)
    throw std::logic_error("the table has no form " + std::string(id));
  return *found;
}

confiture::Risk risk_of(const Form& form) {
  using confiture::Risk;
  if (form.risk == "low") return Risk::low;
  if (form.risk == "medium") return Risk::medium;
  return form.risk == "critical" ? Risk::critical : Risk::high;
}

int lock_rank(std::string_view lock) {
  const auto* found = std::find(modes.begin(), modes.end(), lock);
  return found == modes.end() ? 0 : static_cast<int>(found - modes.begin()) + 1;
}

std::string_view lock_mode(std::string_view lock) {
  for (const std::string_view mode : {"ACCESS EXCLUSIVE"})
    if (lock.substr(0, mode.size()) == mode) return mode;
  return lock_rank(lock) > 0 ? lock : "none";
}

}  // namespace plugins::risk
