// SPDX-License-Identifier: MIT
#include "host/sql/statement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <limits>
#include <memory_resource>
#include <mutex>
#include <thread>
#include <utility>

#include "host/sql/command_tag.hpp"
#include "host/sql/errors.hpp"
#include "host/sql/large_stack.hpp"
#include "host/sql/lexer.hpp"
#include "host/sql/pg_parser.hpp"
#include "host/sql/psql_lines.hpp"

namespace host::sql {

struct Script::Trees {
  std::pmr::monotonic_buffer_resource memory;
};

const Statement* Script::first_error() const {
  const auto found = std::find_if(statements_.begin(), statements_.end(),
                                  [](const Statement& one) { return one.error.has_value(); });
  return found == statements_.end() ? nullptr : &*found;
}

void Script::forget_trees() {
  for (Statement& statement : statements_) statement.tree = nullptr;
  trees_.reset();
}

namespace {

// Names the byte, and the letter that it is where text was saved in the most common other encoding.
std::string malformed(char byte) {
  const auto value = static_cast<unsigned char>(byte);
  std::string message = fmt::format("byte 0x{:02X} is not UTF-8", value);
  if (value >= 0xA1)
    message += fmt::format("; in Latin-1 it is '{}{}'", static_cast<char>(0xC0 | (value >> 6)),
                           static_cast<char>(0x80 | (value & 0x3F)));
  return message;
}

ParseError foreign_error(const Foreign& foreign, const Source& source) {
  ParseError error{"", source.place(foreign.offset), ParseError::Kind::bad_bytes};
  switch (foreign.kind) {
    case Foreign::Kind::psql_command:
      error.message = "a psql command, which is no SQL: only psql can run it";
      error.kind = ParseError::Kind::psql_command;
      break;
    case Foreign::Kind::copy_data:
      error.message = "rows of COPY ... FROM stdin, which are no SQL: only psql can load them";
      error.kind = ParseError::Kind::copy_data;
      break;
    case Foreign::Kind::nul_byte:
      error.message = "a NUL byte, which PostgreSQL does not take";
      break;
    case Foreign::Kind::malformed_utf8:
      error.message = malformed(source.text()[foreign.offset]);
      break;
    case Foreign::Kind::utf16:
      error.message = "the file is UTF-16, as its first two bytes say, and not UTF-8";
      break;
  }
  return error;
}

// From the first token to the end of the last.
std::pair<std::uint64_t, std::uint64_t> trim_statement(std::string_view text, std::uint64_t offset,
                                                       std::uint64_t end) {
  const std::string_view piece = text.substr(0, end);
  offset = skip_comments(piece, offset);
  std::uint64_t last = end;
  while (last > offset && static_cast<unsigned char>(piece[last - 1]) <= ' ') --last;
  // Only a comment after the last token needs a closer look.
  const std::string_view body = piece.substr(offset, last - offset);
  const std::size_t last_line = body.rfind('\n') + 1;  // npos + 1 is 0
  if (body.ends_with("*/") || body.find("--", last_line) != std::string_view::npos) {
    Lexer lexer(piece.substr(0, last), offset);
    for (Token token = lexer.next(); token.kind != Token::Kind::end; token = lexer.next())
      last = token.end_offset;
  }
  return {offset, last};
}

}  // namespace

// Makes a Script of a Source; runs where the stack is large.
class ScriptParser {
 public:
  explicit ScriptParser(Source source) {
    script_.source_ = std::make_shared<const Source>(std::move(source));
  }

  Script run() {
    if (text().size() > std::numeric_limits<int>::max())
      throw Error(errors::too_large, "'" + script_.source_->name() + "' is larger than 2 GiB",
                  "split the file", {script_.source_->name(), 0, 0});
    const Cleaned cleaned = blank_foreign_text(text());
    auto trees = std::make_shared<Script::Trees>();
    for (ParsedStatement& parsed : parse_statements(cleaned.text, trees->memory))
      add(std::move(parsed), cleaned.text);
    script_.trees_ = std::move(trees);
    for (const Foreign& foreign : cleaned.foreign) add(foreign);
    note_comments();
    return std::move(script_);
  }

 private:
  std::string_view text() const { return script_.source_->text(); }

  void add(ParsedStatement parsed, std::string_view cleaned) {
    const auto [offset, end] = trim_statement(cleaned, parsed.offset, parsed.end_offset);
    if (offset >= end) return;  // an error in what is only blank or a comment has no statement
    Statement statement = at(offset, end);
    if (parsed.failure) {
      statement.error = ParseError{
          std::move(parsed.failure->message),
          script_.source_->place(std::clamp(parsed.failure->offset, offset, end)),
          parsed.failure->too_large ? ParseError::Kind::too_large : ParseError::Kind::syntax,
          std::move(parsed.failure->newer)};
    } else {
      statement.tree = parsed.tree;
      statement.tree_offset = parsed.tree_offset;
      StatementFacts facts = statement_facts(*parsed.tree);
      statement.tag = std::move(facts.tag);
      statement.transaction_control = facts.transaction_control;
      statement.outside_transaction = !facts.no_transaction_reason.empty();
      statement.no_transaction_reason = std::move(facts.no_transaction_reason);
    }
    script_.statements_.push_back(std::move(statement));
  }

  // What lies inside a statement spoils that one; what lies between two stands for itself.
  void add(const Foreign& foreign) {
    auto& all = script_.statements_;
    const auto after = std::upper_bound(
        all.begin(), all.end(), foreign.offset,
        [](std::uint64_t offset, const Statement& s) { return offset < s.offset; });
    if (after != all.begin() && foreign.offset < (after - 1)->end_offset) {
      Statement& spoilt = *(after - 1);
      if (!spoilt.error) spoilt.error = foreign_error(foreign, *script_.source_);
      return;
    }
    Statement statement = at(foreign.offset, foreign.end_offset);
    statement.error = foreign_error(foreign, *script_.source_);
    all.insert(after, std::move(statement));
  }

  Statement at(std::uint64_t offset, std::uint64_t end) const {
    Statement statement;
    statement.text = text().substr(offset, end - offset);
    statement.offset = offset;
    statement.end_offset = end;
    statement.place = script_.source_->place(offset);
    statement.end_place = script_.source_->place(end);
    return statement;
  }

  void note_comments() {
    std::uint64_t previous = 0;
    for (Statement& statement : script_.statements_) {
      if (statement.offset < previous) continue;
      std::uint64_t start = previous;
      if (start > 0 && start < text().size() && text()[start] == ';') ++start;
      statement.comments = text().substr(start, statement.offset - start);
      previous = statement.end_offset;
    }
  }

  Script script_;
};

std::string parse_tree_json(std::string_view statement) {
  std::string tree;
  const Cleaned cleaned = blank_foreign_text(statement);
  if (cleaned.foreign.empty() && statement.size() <= largest_statement)
    run_on_large_stack(stack_for(statement.size()), [&] { tree = parse_to_json(cleaned.text); });
  return tree;
}

Script parse_script(Source source) {
  std::vector<Source> sources;
  sources.push_back(std::move(source));
  std::optional<Script> result;
  parse_scripts(std::move(sources), [&](Script script) { result = std::move(script); });
  return std::move(*result);
}

void parse_scripts(std::vector<Source> sources, const std::function<void(Script)>& each) {
  constexpr std::size_t most_ahead = 64;  // parsed scripts that wait, with their trees
  constexpr std::size_t refill = most_ahead / 2;
  struct Slot {
    std::optional<Script> script;
    std::exception_ptr failure;
    bool done = false;
  };
  std::vector<Slot> slots(sources.size());
  std::mutex mutex;
  std::condition_variable next_done, room;
  std::size_t taken = 0, consumed = 0;
  bool stopped = false;

  // The first that nobody has taken.
  const auto parse = [&](std::unique_lock<std::mutex>& lock) {
    const std::size_t mine = taken++;
    lock.unlock();
    Slot slot;
    try {
      slot.script = ScriptParser(std::move(sources[mine])).run();
    } catch (...) {
      slot.failure = std::current_exception();
    }
    slot.done = true;
    lock.lock();
    slots[mine] = std::move(slot);
    if (mine == consumed) next_done.notify_one();
  };
  const auto work = [&] {
    std::unique_lock lock(mutex);
    for (;;) {
      room.wait(lock, [&] {
        return stopped || taken == sources.size() || taken < consumed + most_ahead;
      });
      if (stopped || taken == sources.size()) return;
      parse(lock);
    }
  };

  struct Stop {  // also when `each` throws
    std::mutex& mutex;
    std::condition_variable& room;
    bool& stopped;
    ~Stop() {
      const std::lock_guard lock(mutex);
      stopped = true;
      room.notify_all();
    }
  };
  LargeStackThreads threads;
  const Stop stop{mutex, room, stopped};  // before the threads are waited for
  std::size_t largest = 0;
  for (const Source& source : sources) largest = std::max(largest, source.text().size());
  // This thread is one of them: rather than wait it parses, where its stack has room for that.
  const bool helps = has_large_stack(stack_for(largest));
  const std::size_t cores = std::clamp(std::thread::hardware_concurrency(), 1u, 4u);
  for (std::size_t i = helps ? 1 : 0; i < std::min(cores, sources.size()); ++i)
    threads.start(stack_for(largest), work);

  for (std::size_t i = 0; i < slots.size(); ++i) {
    std::unique_lock lock(mutex);
    while (!slots[i].done) {
      if (helps && taken < std::min(sources.size(), consumed + most_ahead))
        parse(lock);
      else
        next_done.wait(lock);
    }
    Slot slot = std::exchange(slots[i], {});
    consumed = i + 1;
    if (taken - consumed <= refill) room.notify_all();
    lock.unlock();
    if (slot.failure) std::rethrow_exception(slot.failure);
    each(std::move(*slot.script));
  }
}

}  // namespace host::sql
