/* SPDX-License-Identifier: MIT */
/* confiture/tree.h - the parse tree of a statement, or of any SQL, as PostgreSQL's own parser makes
 * it: for what no property says. Types and fields are named as libpg_query 15 names them.
 *
 * A value is a node with fields (SelectStmt: targetList, fromClause, ...), a list, or a scalar. A
 * field that is false, 0 or empty is not there, and reads as no value, 0 or NULL. */
#ifndef CONFITURE_TREE_H
#define CONFITURE_TREE_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct confiture_tree confiture_tree;

#define CONFITURE_SERVICE_TREE "confiture.tree/1" /* always granted, in calls of rules */
typedef struct confiture_tree_v1 { /* FROZEN. Values live as long as the call. */
  /* Of a statement, or of the statement that made a view, a function, a policy, ...; NULL for other
   * nodes and for what cannot be parsed. [call] */
  const confiture_tree *(*of)(confiture_call *, const confiture_node *)CONFITURE_NOEXCEPT;
  /* The first statement of a text, and an expression such as a default; NULL: it does not parse.
   * [call] */
  const confiture_tree *(*statement)(confiture_call *, confiture_str sql)CONFITURE_NOEXCEPT;
  const confiture_tree *(*expression)(confiture_call *, confiture_str sql)CONFITURE_NOEXCEPT;
  /* "FuncCall"; no value for lists, scalars, and fields whose name alone says what they are. */
  confiture_str (*type)(const confiture_tree *) CONFITURE_NOEXCEPT;
  confiture_str (*text)(const confiture_tree *, confiture_str field) CONFITURE_NOEXCEPT;
  int64_t (*integer)(const confiture_tree *, confiture_str field) CONFITURE_NOEXCEPT; /* or truth */
  const confiture_tree *(*child)(const confiture_tree *, confiture_str field)CONFITURE_NOEXCEPT;
  /* The items of a list; of a node the fields that are nodes or lists, in their order. */
  size_t (*count)(const confiture_tree *) CONFITURE_NOEXCEPT;
  const confiture_tree *(*at)(const confiture_tree *, size_t index)CONFITURE_NOEXCEPT;
} confiture_tree_v1; /* [any] where nothing else is said */

#ifdef __cplusplus
}
#endif
#endif
