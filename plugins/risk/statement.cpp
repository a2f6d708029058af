// SPDX-License-Identifier: MIT
// Which part of the table a statement is in: tables and indexes first, then other objects.
#include "plugins/risk/reading.hpp"

namespace plugins::risk {

bool Reader::read_schema(std::string_view type) {
  const Name about = name_of(tree_["relation"], statement_);
  const Node target = statement_.target();
  if (type == "CreateStmt") return create_table(), true;
  if (type == "CreateTableAsStmt") return create_table_as(), true;
  if (type == "AlterTableStmt") return alter_table(), true;
  if (type == "DropStmt") return drop(), true;
  if (type == "TruncateStmt") return truncate(), true;
  if (type == "IndexStmt") return create_index(), true;
  if (type == "ViewStmt") return create_view(), true;
  if (type == "RenameStmt") return read_rename();
  if (type == "CommentStmt" || type == "SecLabelStmt") {
    const std::string_view object = tree_.text("objtype");
    if (object == "OBJECT_TABLE")
      return say("tab.comment", last_names(tree_["object"]["items"]), target), true;
    const bool part = object == "OBJECT_COLUMN" || object == "OBJECT_INDEX" ||
                      object == "OBJECT_TABCONSTRAINT" || object == "OBJECT_VIEW";
    if (part)
      say("idx.comment");
    else
      say_other(Risk::low, "a comment, and no more");
    return true;
  }
  if (type == "ReindexStmt") {
    bool concurrently = false;
    for (const Tree& option : tree_["params"])
      concurrently = concurrently || option.text("defname") == "concurrently";
    const std::string_view kind = tree_.text("kind");
    const bool one = kind == "REINDEX_OBJECT_INDEX" || kind == "REINDEX_OBJECT_TABLE";
    if (!one) return say("mnt.reindex_schema"), true;
    const bool table = kind == "REINDEX_OBJECT_TABLE";
    if (table) return say(concurrently ? "idx.reindex_conc" : "idx.reindex_table", about, target), true;
    Reading& reading =
        say_of_index(concurrently ? "idx.reindex_conc" : "idx.reindex_index", about, target);
    if (concurrently) reading.others.clear();
    return true;
  }
  if (type == "ClusterStmt") {
    if (!tree_.has("relation")) return say("mnt.cluster_all"), true;
    return say("mnt.cluster", about, target), true;
  }
  if (type == "VacuumStmt") {
    bool full = false;
    for (const Tree& option : tree_["options"])
      full = full || (option.text("defname") == "full" && !(option.has("arg") &&
                                                            option["arg"].string() == "false"));
    const bool vacuum = tree_.truth("is_vacuumcmd");
    if (!tree_.has("rels"))
      return say(!vacuum ? "mnt.analyze" : full ? "mnt.vacuum_full_all" : "mnt.vacuum"), true;
    for (const Node& sub : statement_.subcommands())
      say(!vacuum ? "mnt.analyze"
          : full  ? "mnt.vacuum_full"
                  : "mnt.vacuum",
          {std::string(sub.schema_name()), std::string(sub.name())}, sub.target());
    return true;
  }
  if (type == "RefreshMatViewStmt")
    return say(tree_.truth("concurrent") ? "mv.refresh_conc" : "mv.refresh", about, target), true;
  if (type == "CreateTrigStmt")
    return say(tree_.truth("isconstraint") ? "trg.create_constraint"
               : tree_.truth("replace")    ? "trg.replace"
                                           : "trg.create",
               about, target),
           true;
  if (type == "RuleStmt") return say("rule.create", about, target), true;
  if (type == "LockStmt") {
    constexpr std::string_view modes[] = {
        "",      "ACCESS SHARE",        "ROW SHARE", "ROW EXCLUSIVE",   "SHARE UPDATE EXCLUSIVE",
        "SHARE", "SHARE ROW EXCLUSIVE", "EXCLUSIVE", "ACCESS EXCLUSIVE"};
    const auto mode = static_cast<std::size_t>(tree_.integer("mode"));
    for (const Node& sub : statement_.subcommands()) {
      Reading& reading =
          say("tab.lock", {std::string(sub.schema_name()), std::string(sub.name())}, sub.target());
      if (mode == 0 || mode >= std::size(modes)) continue;
      reading.lock = modes[mode];
      if (mode < 5) reading.risk = Risk::low;
      if (mode != 8)
        reading.reason = "explicit " + std::string(modes[mode]) + " to the end of the transaction";
    }
    return true;
  }
  if (type == "CreateStatsStmt" || type == "AlterStatsStmt") {
    const Tree relations = tree_["relations"];
    if (relations.empty()) return say("mnt.create_statistics"), true;
    return say("mnt.create_statistics", name_of(relations.at(0), statement_), target), true;
  }
  return false;
}

bool Reader::read_objects(std::string_view type) {
  const Name about = name_of(tree_["relation"], statement_);
  if (type == "CreateFunctionStmt") return create_function(), true;
  if (type == "AlterFunctionStmt") {
    bool definer = false;
    for (const Tree& option : tree_["actions"])
      definer = definer || (option.text("defname") == "security" &&
                            option["arg"].truth("boolval"));
    Reading& reading = say(definer ? "fn.alter_secdef" : "fn.replace");
    reading.security = definer;
    return true;
  }
  if (type == "CreatePublicationStmt") return say("pub.create"), true;
  if (type == "AlterPublicationStmt")
    return say(tree_.text("action") == "AP_DropObjects" ? "pub.drop" : "pub.add_table"), true;
  if (type == "CreateSubscriptionStmt" || type == "AlterSubscriptionStmt")
    return say("sub.create"), true;
  if (type == "DropSubscriptionStmt") return say("sub.drop"), true;
  if (type == "CreateEnumStmt" || type == "CompositeTypeStmt" || type == "CreateRangeStmt")
    return say("type.create_enum"), true;
  if (type == "CreateDomainStmt") return say_other(Risk::low, "new: nobody uses it yet"), true;
  if (type == "AlterEnumStmt")
    return say(tree_.text("oldVal").empty() ? "type.enum_add_value" : "type.enum_rename_value"),
           true;
  if (type == "AlterDomainStmt") {
    const std::string_view subtype = tree_.text("subtype");
    if (subtype == "T") return say("dom.set_default"), true;
    if (subtype == "N" || subtype == "X") return say("dom.drop_constraint"), true;
    if (subtype == "C" && tree_["def"].truth("skip_validation"))
      return say("dom.add_check_not_valid"), true;
    Reading& reading = say(subtype == "O"   ? "dom.set_not_null"
                           : subtype == "V" ? "dom.validate"
                                            : "dom.add_check");
    lock_all(reading, catalog_.tables_of_type(last_names(tree_["typeName"])), "SHARE");
    return true;
  }
  if (type == "CreateSeqStmt") return say("seq.create"), true;
  if (type == "AlterSeqStmt") {
    std::string_view form = "seq.alter_type";
    for (const Tree& option : tree_["options"]) {
      if (option.text("defname") == "owned_by" && form == "seq.alter_type") form = "seq.owned_by";
      if (option.text("defname") == "restart") form = "seq.restart";
    }
    return say(form, name_of(tree_["sequence"], statement_), statement_.target()), true;
  }
  if (type == "CreateSchemaStmt") {
    say("sch.create");
    nested(tree_["schemaElts"]);
    return true;
  }
  if (type == "CreateExtensionStmt") return say("ext.create"), true;
  if (type == "AlterExtensionStmt" || type == "AlterExtensionContentsStmt")
    return say("ext.update"), true;
  if (type == "CreateEventTrigStmt" || type == "AlterEventTrigStmt")
    return say("evt.create"), true;
  if (type == "CreatePLangStmt" || type == "LoadStmt" || type == "CreateAmStmt")
    return say("lang.create"), true;
  if (type == "DefineStmt" || type == "CreateCastStmt" || type == "CreateOpClassStmt" ||
      type == "CreateOpFamilyStmt" || type == "CreateConversionStmt" ||
      type == "CreateTransformStmt" || type == "AlterOperatorStmt" || type == "AlterTypeStmt" ||
      type == "AlterOpFamilyStmt" || type == "AlterTSDictionaryStmt" ||
      type == "AlterTSConfigurationStmt" || type == "AlterCollationStmt")
    return say("obj.create_operator_cast"), true;
  if (type == "CreateForeignTableStmt" || type == "ImportForeignSchemaStmt")
    return say("fdw.import"), true;
  if (type == "CreateForeignServerStmt" || type == "CreateUserMappingStmt" ||
      type == "CreateFdwStmt" || type == "AlterFdwStmt" || type == "AlterForeignServerStmt" ||
      type == "AlterUserMappingStmt" || type == "DropUserMappingStmt")
    return say("fdw.user_mapping"), true;
  return false;
}

bool Reader::read_rename() {
  struct Rename {
    std::string_view object, form;
  };
  constexpr Rename forms[] = {{"OBJECT_TABLE", "tab.rename"},       {"OBJECT_INDEX", "idx.rename"},
                            {"OBJECT_VIEW", "view.rename"},       {"OBJECT_MATVIEW", "mv.rename"},
                            {"OBJECT_SEQUENCE", "seq.rename"},    {"OBJECT_COLUMN", "col.rename"},
                            {"OBJECT_TABCONSTRAINT", "con.rename"}, {"OBJECT_TRIGGER", "trg.rename"},
                            {"OBJECT_FOREIGN_TABLE", "tab.rename"}, {"OBJECT_RULE", "trg.rename"}};
  const std::string_view object = tree_.text("renameType");
  for (const Rename& one : forms)
    if (object == one.object)
      return say(one.form, name_of(tree_["relation"], statement_), statement_.target()), true;
  if (object == "OBJECT_TYPE" || object == "OBJECT_DOMAIN" || object == "OBJECT_ATTRIBUTE")
    return say("type.rename"), true;
  if (object == "OBJECT_SCHEMA") return say("sch.rename"), true;
  if (object == "OBJECT_DATABASE") return say("db.rename"), true;
  if (object == "OBJECT_POLICY") return say("pol.alter", name_of(tree_["relation"])), true;
  say_other(Risk::high, "instant, but whoever uses the old name fails");
  return true;
}

}  // namespace plugins::risk
