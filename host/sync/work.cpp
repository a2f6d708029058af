// SPDX-License-Identifier: MIT
#include "host/sync/work.hpp"

#include <confiture/abi.h>

#include <algorithm>

namespace host::sync {
namespace {

// A strategy for which a row's number or its neighbours matter sees all of a table, in order.
bool may_be_cut(const TablePlan& table) {
  return std::all_of(table.masked.begin(), table.masked.end(), [](const MaskedColumn& column) {
    return column.strategy.has(CONFITURE_STRATEGY_ROW_LOCAL) &&
           column.strategy.has(CONFITURE_STRATEGY_DETERMINISTIC);
  });
}

}  // namespace

Work::Work(const Plan& plan, const Catalog& source, const Cutting& cutting,
           const std::vector<bool>& done) {
  for (std::size_t number = 0; number < plan.tables.size(); ++number) {
    const TablePlan& table = plan.tables[number];
    Rest rest;
    rest.bytes = rest.piece_bytes = table.bytes;
    const bool cut = cutting.possible && source.find(table.name)->heap && may_be_cut(table) &&
                     table.bytes >= 2 * cutting.piece_bytes;
    if (!cut) {
      rest.left.push_back({number, {}});
    } else {
      rest.piece_bytes = cutting.piece_bytes;
      const auto pages = static_cast<std::uint64_t>(table.bytes / cutting.page_bytes);
      const auto step = static_cast<std::uint64_t>(cutting.piece_bytes / cutting.page_bytes);
      for (std::uint64_t page = 0; page < pages; page += step)
        rest.left.push_back({number, PageRange{page, page + step < pages ? page + step : 0}});
    }
    rest.pieces = rest.left.size();
    if (done[number]) rest.left.clear();
    tables_.push_back(std::move(rest));
  }
}

std::optional<Piece> Work::next() {
  Rest* most = nullptr;
  for (Rest& rest : tables_)
    if (!rest.left.empty() && (most == nullptr || rest.bytes > most->bytes)) most = &rest;
  if (most == nullptr) return std::nullopt;
  const Piece piece = most->left.front();
  most->left.pop_front();
  most->bytes -= most->piece_bytes;
  return piece;
}

}  // namespace host::sync
