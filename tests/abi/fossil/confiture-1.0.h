/* SPDX-License-Identifier: MIT */
/* The contract as 1.0 shipped it, without its comments: FROZEN, whatever sdk/include becomes.
 * fossil.c is built against this and nothing else. */
#ifndef CONFITURE_1_0_H
#define CONFITURE_1_0_H

#include <stddef.h>
#include <stdint.h>

/* base.h */
#define CONFITURE_ABI_MAJOR 1u
#define CONFITURE_ABI_MINOR 0u

#if defined(__GNUC__)
#define CONFITURE_EXPORT __attribute__((visibility("default")))
#else
#define CONFITURE_EXPORT
#endif

#ifdef __cplusplus
#define CONFITURE_NOEXCEPT noexcept
extern "C" {
#else
#define CONFITURE_NOEXCEPT
#endif

#define CONFITURE_HAS(p, type, field) \
  ((p)->struct_size >= offsetof(type, field) + sizeof(((type*)0)->field))

typedef struct confiture_str {
  const char* data;
  size_t size;
} confiture_str;

typedef int32_t confiture_status;
enum {
  CONFITURE_OK = 0,
  CONFITURE_FAILED = 1,
  CONFITURE_BAD_CONFIG = 2,
  CONFITURE_UNSUPPORTED = 3,
  CONFITURE_CANCELLED = 4,
  CONFITURE_DENIED = 5,
  CONFITURE_NOT_FOUND = 6,
  CONFITURE_DB_ERROR = 7,
  CONFITURE_NO_MEMORY = 8,
  CONFITURE_BUG = 9
};

typedef int32_t confiture_log_level;
enum {
  CONFITURE_LOG_DEBUG = 0,
  CONFITURE_LOG_INFO = 1,
  CONFITURE_LOG_WARN = 2,
  CONFITURE_LOG_ERROR = 3
};

typedef struct confiture_call confiture_call;

typedef struct confiture_config confiture_config;

typedef struct confiture_node confiture_node;

typedef struct confiture_result confiture_result;

typedef struct confiture_host {
  uint32_t struct_size;
  uint32_t abi_minor;
  const char* name;
  const char* version;
  void* host_data;

  const void* (*get_service)(const struct confiture_host*, const char* id)CONFITURE_NOEXCEPT;

  void (*log)(const struct confiture_host*, const confiture_call* call, confiture_log_level,
              confiture_str message) CONFITURE_NOEXCEPT;

  void (*fail)(confiture_call*, confiture_status, confiture_str message,
               confiture_str hint) CONFITURE_NOEXCEPT;

  void* (*alloc)(confiture_call*, size_t size, size_t align)CONFITURE_NOEXCEPT;

  int32_t (*cancelled)(const confiture_call*) CONFITURE_NOEXCEPT;
} confiture_host;

/* parameters.h */
enum {
  CONFITURE_PARAM_STRING = 1,
  CONFITURE_PARAM_INT = 2,
  CONFITURE_PARAM_REAL = 3,
  CONFITURE_PARAM_BOOL = 4,
  CONFITURE_PARAM_ENUM = 5,
  CONFITURE_PARAM_DURATION = 6,
  CONFITURE_PARAM_COLUMN = 7,
  CONFITURE_PARAM_SECRET = 8,
  CONFITURE_PARAM_OBJECT = 9
};
enum {
  CONFITURE_PARAM_REQUIRED = 1u << 0,
  CONFITURE_PARAM_LIST = 1u << 1,
  CONFITURE_PARAM_DEPRECATED = 1u << 2
};

typedef struct confiture_param {
  const char* name;
  const char* doc;
  const char* default_yaml;
  const char* range;
  const char* const* choices;
  const struct confiture_param* fields;
  uint32_t field_count;
  uint32_t type;
  uint32_t flags;
  uint32_t reserved;
} confiture_param;

#define CONFITURE_SERVICE_CONFIG "confiture.config/1"
typedef struct confiture_config_v1 {
  int32_t (*is_set)(const confiture_config*, const char* key) CONFITURE_NOEXCEPT;
  confiture_str (*text)(const confiture_config*, const char* key) CONFITURE_NOEXCEPT;
  int64_t (*integer)(const confiture_config*, const char* key) CONFITURE_NOEXCEPT;
  double (*real)(const confiture_config*, const char* key) CONFITURE_NOEXCEPT;
  size_t (*count)(const confiture_config*, const char* key) CONFITURE_NOEXCEPT;

  const confiture_config* (*item)(const confiture_config*, const char* key,
                                  size_t index)CONFITURE_NOEXCEPT;
} confiture_config_v1;

/* schema.h */
enum {
  CONFITURE_NODE_SCHEMA = 1,
  CONFITURE_NODE_TABLE = 2,
  CONFITURE_NODE_COLUMN = 3,
  CONFITURE_NODE_INDEX = 4,
  CONFITURE_NODE_CONSTRAINT = 5,
  CONFITURE_NODE_VIEW = 6,
  CONFITURE_NODE_ENUM_TYPE = 7,
  CONFITURE_NODE_FUNCTION = 8,
  CONFITURE_NODE_TRIGGER = 9,
  CONFITURE_NODE_POLICY = 10,
  CONFITURE_NODE_GRANT = 11,
  CONFITURE_NODE_EXTENSION = 12,
  CONFITURE_NODE_FILE = 13,
  CONFITURE_NODE_STATEMENT = 14,
  CONFITURE_NODE_SUBCOMMAND = 15,
  CONFITURE_NODE_MIGRATION = 16,
  CONFITURE_NODE_PLAN = 17
};

enum {
  CONFITURE_PROP_NAME = 1,
  CONFITURE_PROP_QUALIFIED_NAME = 2,
  CONFITURE_PROP_COMMENT = 3,
  CONFITURE_PROP_SQL = 4,
  CONFITURE_PROP_TYPE_NAME = 5,
  CONFITURE_PROP_DEFAULT_SQL = 6,
  CONFITURE_PROP_STATEMENT_TAG = 7,
  CONFITURE_PROP_PARSE_TREE_JSON = 8,
  CONFITURE_PROP_VERSION = 9,
  CONFITURE_PROP_CHECKSUM = 10,
  CONFITURE_PROP_AUTHOR = 11,
  CONFITURE_PROP_SUMMARY = 12,
  CONFITURE_PROP_RISK = 13,
  CONFITURE_PROP_SCHEMA_NAME = 14,
  CONFITURE_PROP_CONSTRAINT_KIND = 15,
  CONFITURE_PROP_ACCESS_METHOD = 16,
  CONFITURE_PROP_PREDICATE_SQL = 17,
  CONFITURE_PROP_EXPRESSION_SQL = 18,
  CONFITURE_PROP_SUBCOMMAND = 19,
  CONFITURE_PROP_BEHAVIOR = 20,
  CONFITURE_PROP_ON_DELETE = 21,
  CONFITURE_PROP_ON_UPDATE = 22
};
enum {
  CONFITURE_PROP_NULLABLE = 100,
  CONFITURE_PROP_UNIQUE = 101,
  CONFITURE_PROP_PRIMARY_KEY = 102,
  CONFITURE_PROP_TYPE_OID = 103,
  CONFITURE_PROP_MAX_LENGTH = 104,
  CONFITURE_PROP_CONCURRENTLY = 105,
  CONFITURE_PROP_IF_EXISTS = 106,
  CONFITURE_PROP_IF_NOT_EXISTS = 107,
  CONFITURE_PROP_VALID = 108,
  CONFITURE_PROP_PARTITIONED = 109,
  CONFITURE_PROP_PARTITION = 110,
  CONFITURE_PROP_TEMPORARY = 111,
  CONFITURE_PROP_UNLOGGED = 112,
  CONFITURE_PROP_GENERATED = 113,
  CONFITURE_PROP_IDENTITY = 114,
  CONFITURE_PROP_MATERIALIZED = 115,
  CONFITURE_PROP_IN_TRANSACTION = 116,
  CONFITURE_PROP_CREATED_HERE = 117
};
enum {
  CONFITURE_LINK_PARENT = 200,
  CONFITURE_LINK_REFERENCED_TABLE = 201,
  CONFITURE_LINK_TARGET = 202
};
enum {
  CONFITURE_LIST_CHILDREN = 300,
  CONFITURE_LIST_COLUMNS = 301,
  CONFITURE_LIST_INDEXES = 302,
  CONFITURE_LIST_CONSTRAINTS = 303,
  CONFITURE_LIST_REFERENCED_COLUMNS = 304,
  CONFITURE_LIST_INCLUDED_COLUMNS = 305,
  CONFITURE_LIST_TABLES = 306,
  CONFITURE_LIST_STATEMENTS = 307,
  CONFITURE_LIST_SUBCOMMANDS = 308
};

typedef struct confiture_location {
  confiture_str file;
  uint32_t line, column, end_line, end_column;
  uint64_t offset, end_offset;
} confiture_location;

#define CONFITURE_SERVICE_SCHEMA "confiture.schema/1"
typedef struct confiture_schema_v1 {
  uint32_t (*kind)(const confiture_node*) CONFITURE_NOEXCEPT;
  confiture_str (*text)(const confiture_node*, uint32_t prop) CONFITURE_NOEXCEPT;
  int64_t (*integer)(const confiture_node*, uint32_t prop) CONFITURE_NOEXCEPT;
  const confiture_node* (*link)(const confiture_node*, uint32_t link)CONFITURE_NOEXCEPT;
  size_t (*count)(const confiture_node*, uint32_t list) CONFITURE_NOEXCEPT;
  const confiture_node* (*at)(const confiture_node*, uint32_t list, size_t index)CONFITURE_NOEXCEPT;
  void (*location)(const confiture_node*, confiture_location* out) CONFITURE_NOEXCEPT;
} confiture_schema_v1;

/* services.h */
#define CONFITURE_SERVICE_DB "confiture.db/1"
typedef struct confiture_db_v1 {
  confiture_status (*query)(confiture_call*, confiture_str sql, const confiture_str* params,
                            size_t param_count, const confiture_result** out) CONFITURE_NOEXCEPT;
  size_t (*row_count)(const confiture_result*) CONFITURE_NOEXCEPT;
  size_t (*column_count)(const confiture_result*) CONFITURE_NOEXCEPT;
  confiture_str (*column_name)(const confiture_result*, size_t column) CONFITURE_NOEXCEPT;
  confiture_str (*value)(const confiture_result*, size_t row, size_t column) CONFITURE_NOEXCEPT;
} confiture_db_v1;

#define CONFITURE_SERVICE_SECRET "confiture.secret/1"
typedef struct confiture_secret_v1 {
  confiture_status (*get)(confiture_call*, confiture_str name,
                          confiture_str* out) CONFITURE_NOEXCEPT;

  confiture_status (*derive)(confiture_call*, confiture_str label, uint8_t* out,
                             size_t size) CONFITURE_NOEXCEPT;
} confiture_secret_v1;

#define CONFITURE_SERVICE_CACHE "confiture.cache/1"
typedef struct confiture_cache_v1 {
  confiture_status (*get)(confiture_call*, confiture_str key,
                          confiture_str* out) CONFITURE_NOEXCEPT;

  confiture_status (*put_if_absent)(confiture_call*, confiture_str key, confiture_str value,
                                    confiture_str* winner) CONFITURE_NOEXCEPT;
} confiture_cache_v1;

#define CONFITURE_SERVICE_PROGRESS "confiture.progress/1"
typedef struct confiture_progress_v1 {
  void (*update)(confiture_call*, uint64_t done, uint64_t total,
                 confiture_str note) CONFITURE_NOEXCEPT;
} confiture_progress_v1;

#define CONFITURE_SERVICE_METADATA "confiture.metadata/1"
typedef struct confiture_metadata_v1 {
  confiture_status (*get)(confiture_call*, confiture_str key,
                          confiture_str* out) CONFITURE_NOEXCEPT;
  confiture_status (*set)(confiture_call*, confiture_str key,
                          confiture_str value) CONFITURE_NOEXCEPT;
} confiture_metadata_v1;

/* action.h */
#define CONFITURE_KIND_ACTION "confiture.action/1"

enum {
  CONFITURE_PHASE_PRE_VALIDATE = 1u << 0,
  CONFITURE_PHASE_POST_VALIDATE = 1u << 1,
  CONFITURE_PHASE_PRE_EXECUTE = 1u << 2,
  CONFITURE_PHASE_POST_EXECUTE = 1u << 3,
  CONFITURE_PHASE_POST_COMPLETE = 1u << 4,
  CONFITURE_PHASE_PRE_ROLLBACK = 1u << 5,
  CONFITURE_PHASE_POST_ROLLBACK = 1u << 6,
  CONFITURE_PHASE_ON_ERROR = 1u << 7,
  CONFITURE_PHASE_PRE_SYNC = 1u << 8,
  CONFITURE_PHASE_POST_SYNC = 1u << 9,
  CONFITURE_PHASE_APPROVAL_REQUESTED = 1u << 10,
  CONFITURE_PHASE_APPROVED = 1u << 11,
  CONFITURE_PHASE_SCHEDULED = 1u << 12,
  CONFITURE_PHASE_REMINDER = 1u << 13
};

typedef struct confiture_event {
  uint32_t struct_size;
  uint32_t phase;
  int32_t dry_run;
  int32_t in_transaction;
  confiture_str environment;
  confiture_str database;
  confiture_str status;
  confiture_str direction;
  confiture_str error;
  uint64_t duration_us;
  uint64_t row_count;
  const confiture_node* migration;
  const confiture_node* plan;
} confiture_event;

enum {
  CONFITURE_ACTION_OUTSIDE = 1u << 0,
  CONFITURE_ACTION_BINDS_ITSELF = 1u << 1,
  CONFITURE_ACTION_WRITES = 1u << 2
};

typedef struct confiture_action_v1 {
  uint32_t struct_size;
  uint32_t phases;
  uint32_t flags;
  uint32_t reserved;

  confiture_status (*run)(void* self, confiture_call*, const confiture_event*) CONFITURE_NOEXCEPT;
} confiture_action_v1;

/* strategy.h */
#define CONFITURE_KIND_STRATEGY "confiture.strategy/1"

enum {
  CONFITURE_STRATEGY_DETERMINISTIC = 1u << 0,
  CONFITURE_STRATEGY_ROW_LOCAL = 1u << 1,
  CONFITURE_STRATEGY_KEEPS_UNIQUE = 1u << 2,
  CONFITURE_STRATEGY_WANTS_KEY = 1u << 3,
  CONFITURE_STRATEGY_KEYED = 1u << 4
};

typedef struct confiture_batch {
  uint32_t struct_size;
  uint32_t target_count;
  uint32_t column_count;
  uint32_t reserved;
  uint64_t first_row;
  size_t row_count;
  const confiture_str* const* columns;

  confiture_str* const* out;
} confiture_batch;

typedef struct confiture_strategy_v1 {
  uint32_t struct_size;
  uint32_t flags;

  confiture_status (*bind)(void* self, confiture_call*, const confiture_node* const* columns,
                           uint32_t target_count, uint32_t column_count) CONFITURE_NOEXCEPT;

  confiture_status (*apply)(void* self, confiture_call*, const confiture_batch*) CONFITURE_NOEXCEPT;
} confiture_strategy_v1;

/* rule.h */
#define CONFITURE_KIND_RULE "confiture.rule/1"

enum {
  CONFITURE_SEVERITY_OFF = 0,
  CONFITURE_SEVERITY_INFO = 1,
  CONFITURE_SEVERITY_WARNING = 2,
  CONFITURE_SEVERITY_ERROR = 3,
  CONFITURE_SEVERITY_CRITICAL = 4
};
enum {
  CONFITURE_RISK_NONE = 0,
  CONFITURE_RISK_LOW = 1,
  CONFITURE_RISK_MEDIUM = 2,
  CONFITURE_RISK_HIGH = 3,
  CONFITURE_RISK_CRITICAL = 4
};

typedef struct confiture_rule_v1 {
  uint32_t struct_size;
  int32_t severity;
  const char* category;
  const uint32_t* node_kinds;
  uint32_t node_kind_count;
  uint32_t reserved;
  confiture_status (*check)(void* self, confiture_call*, const confiture_node*) CONFITURE_NOEXCEPT;
} confiture_rule_v1;

typedef struct confiture_edit {
  uint64_t offset, end_offset;
  confiture_str text;
} confiture_edit;

typedef struct confiture_finding {
  uint32_t struct_size;
  int32_t severity;
  int32_t risk;
  uint32_t edit_count;
  const confiture_node* at;
  confiture_str message;
  confiture_str hint;
  confiture_str suggestion;
  const confiture_edit* edits;
} confiture_finding;

#define CONFITURE_SERVICE_LINT "confiture.lint/1"
typedef struct confiture_lint_v1 {
  void (*report)(confiture_call*, const confiture_finding*) CONFITURE_NOEXCEPT;
} confiture_lint_v1;

/* plugin.h */
typedef struct confiture_extension {
  uint32_t struct_size;
  uint32_t param_size;
  const char* kind;
  const char* id;
  const char* summary;
  const char* doc;
  const confiture_param* params;
  uint32_t param_count;
  uint32_t reserved;
  const void* vtable;
  const void* user;

  confiture_status (*create)(const struct confiture_extension*, const confiture_host*,
                             confiture_call*, const confiture_config*,
                             void** self) CONFITURE_NOEXCEPT;
  void (*destroy)(void* self) CONFITURE_NOEXCEPT;
} confiture_extension;

typedef struct confiture_plugin {
  uint32_t struct_size;
  uint32_t abi_minor;
  uint32_t min_host_minor;
  uint32_t extension_count;
  const char* id;
  const char* version;
  const char* vendor;
  const char* summary;
  const char* const* needs;
  const confiture_extension* const* extensions;
  confiture_status (*init)(const confiture_host*, confiture_call*) CONFITURE_NOEXCEPT;
  void (*deinit)(void) CONFITURE_NOEXCEPT;
} confiture_plugin;

CONFITURE_EXPORT const confiture_plugin* confiture_plugin_v1(const confiture_host* host)
    CONFITURE_NOEXCEPT;

#ifdef __cplusplus
}
#endif
#endif
