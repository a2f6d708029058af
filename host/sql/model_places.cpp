// SPDX-License-Identifier: MIT
// Where things stand in the source, as far as the tree does not say.
#include "host/sql/model_state.hpp"

namespace host::sql {

std::uint64_t ModelState::position(const tree::Object& node) const {
  const auto location = tree::number(node, "location");
  return location < 0 ? current_->offset
                      : current_->tree_offset + static_cast<std::uint64_t>(location);
}

std::string_view ModelState::slice(const Span& span) const {
  return source_->text().substr(span.offset, span.end - span.offset);
}

Span ModelState::name_span(std::uint64_t offset) const {
  Lexer lexer(source_->text().substr(0, current_->end_offset), offset);
  Token token = lexer.next();
  Span span{token.offset, token.end_offset};
  while (lexer.is_symbol(lexer.next(), '.')) {
    token = lexer.next();
    span.end = token.end_offset;
  }
  return span;
}

std::vector<Span> ModelState::comma_pieces(std::uint64_t offset) const {
  std::vector<Span> pieces;
  Lexer lexer(source_->text().substr(0, current_->end_offset), offset);
  int depth = 0;
  Span piece{0, 0};
  for (Token token = lexer.next();; token = lexer.next()) {
    const bool end = token.kind == Token::Kind::end;
    if (lexer.is_symbol(token, '(') || lexer.is_symbol(token, '[')) ++depth;
    if (lexer.is_symbol(token, ')') || lexer.is_symbol(token, ']')) --depth;
    if (end || depth < 0 || (depth == 0 && lexer.is_symbol(token, ','))) {
      if (piece.end > 0) pieces.push_back(piece);
      piece = {0, 0};
      if (end || depth < 0) return pieces;
      continue;
    }
    if (piece.end == 0) piece.offset = token.offset;
    piece.end = token.end_offset;
  }
}

Span ModelState::parenthesized(std::uint64_t offset) const {
  Lexer lexer(source_->text().substr(0, current_->end_offset), offset);
  int depth = 0;
  Span inside;
  for (Token token = lexer.next(); token.kind != Token::Kind::end; token = lexer.next()) {
    const bool open = lexer.is_symbol(token, '(');
    if (lexer.is_symbol(token, ')') && --depth == 0) return inside;
    if (depth > 0) {
      if (inside.end == 0) inside.offset = token.offset;
      inside.end = token.end_offset;
    }
    if (open) ++depth;
  }
  return inside;
}

std::uint64_t ModelState::after_parenthesis(std::uint64_t offset) const {
  Lexer lexer(source_->text().substr(0, current_->end_offset), offset);
  for (Token token = lexer.next(); token.kind != Token::Kind::end; token = lexer.next())
    if (lexer.is_symbol(token, '(')) return lexer.next().offset;
  return current_->end_offset;
}

std::uint64_t ModelState::after_word(const Span& span,
                                     std::initializer_list<std::string_view> words) const {
  Lexer lexer(source_->text().substr(0, span.end), span.offset);
  int depth = 0;
  for (Token token = lexer.next(); token.kind != Token::Kind::end; token = lexer.next()) {
    if (lexer.is_symbol(token, '(')) ++depth;
    if (lexer.is_symbol(token, ')')) --depth;
    if (depth > 0) continue;
    for (const std::string_view word : words)
      if (lexer.is_word(token, word)) return lexer.next().offset;
  }
  return span.end;
}

void ModelState::note_written_name(Node& node, std::uint64_t offset) {
  constexpr std::size_t longest = 63;
  Lexer lexer(source_->text().substr(0, current_->end_offset), offset);
  Token last = lexer.next();
  while (lexer.is_symbol(lexer.next(), '.')) last = lexer.next();
  if (last.end_offset - last.offset <= longest) return;  // it is longer with its quotes
  const std::string name = lexer.name(last);
  if (name.size() > longest) node.set(CONFITURE_PROP_WRITTEN_NAME, keep(name));
}

void ModelState::locate(Node& node, const Span& span) const {
  const LineColumn start = source_->line_column(span.offset);
  const LineColumn end = source_->line_column(span.end);
  node.file = source_->name();
  node.line = start.line;
  node.column = start.column;
  node.end_line = end.line;
  node.end_column = end.column;
  node.offset = span.offset;
  node.end_offset = span.end;
}

}  // namespace host::sql
