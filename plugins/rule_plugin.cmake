# SPDX-License-Identifier: MIT
# confiture_rule_plugin(NAME naming SUMMARY "Rules about names"): a plugin whose rules are the files
# of its folder. FOO.cpp defines the rule NAME.foo by `RuleExtension foo()` in plugins::NAME; files
# whose name begins with an underscore are shared by rules. OPTIONAL: loaded where a project names it.
function(confiture_rule_plugin)
  cmake_parse_arguments(PARSE_ARGV 0 RULES "OPTIONAL" "NAME;SUMMARY" "")
  file(GLOB files CONFIGURE_DEPENDS RELATIVE ${CMAKE_CURRENT_SOURCE_DIR} *.cpp)
  set(RULE_DECLARATIONS "")
  set(RULE_CALLS "")
  foreach(file ${files})
    get_filename_component(rule ${file} NAME_WE)
    if(NOT rule MATCHES "^_")
      string(APPEND RULE_DECLARATIONS "confiture::RuleExtension ${rule}();\n")
      list(APPEND RULE_CALLS "        plugins::${RULES_NAME}::${rule}()")
    endif()
  endforeach()
  list(JOIN RULE_CALLS ",\n" RULE_CALLS)
  configure_file(${PROJECT_SOURCE_DIR}/plugins/rule_plugin.cpp.in plugin.cpp @ONLY)
  set(optional "")
  if(RULES_OPTIONAL)
    set(optional OPTIONAL)
  endif()
  confiture_add_plugin(NAME ${RULES_NAME} FIRST_PARTY ${optional}
    SOURCES ${files} ${CMAKE_CURRENT_BINARY_DIR}/plugin.cpp)
  target_include_directories(confiture-${RULES_NAME} PRIVATE ${PROJECT_SOURCE_DIR})
endfunction()
