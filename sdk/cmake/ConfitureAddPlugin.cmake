# SPDX-License-Identifier: MIT
# confiture_add_plugin(NAME acme SOURCES file... [LINK library...] [FIRST_PARTY [OPTIONAL]])
#
# Adds the target confiture-acme, which builds confiture-acme.so: a module that exports exactly one
# symbol, confiture_plugin_v1, and leaves none undefined that its libraries do not have.
# FIRST_PARTY is for confiture's own tree: its warnings, its plugin directory, its install; an
# OPTIONAL one lies in the folder `optional` of it, and is loaded where a project names it.
include_guard(GLOBAL)

function(confiture_add_plugin)
  cmake_parse_arguments(PARSE_ARGV 0 PLUGIN "FIRST_PARTY;OPTIONAL" "NAME" "SOURCES;LINK")
  if(PLUGIN_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "confiture_add_plugin: unknown argument '${PLUGIN_UNPARSED_ARGUMENTS}'")
  endif()
  if(NOT PLUGIN_NAME MATCHES "^[a-z0-9_]+$")
    message(FATAL_ERROR "confiture_add_plugin: NAME '${PLUGIN_NAME}' must be the plugin's id, "
      "made of a-z, 0-9 and _")
  endif()
  if(NOT PLUGIN_SOURCES)
    message(FATAL_ERROR "confiture_add_plugin: '${PLUGIN_NAME}' has no SOURCES")
  endif()

  set(symbols ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/plugin.map)
  set(target confiture-${PLUGIN_NAME})
  add_library(${target} MODULE ${PLUGIN_SOURCES})
  target_link_libraries(${target} PRIVATE confiture-sdk::headers ${PLUGIN_LINK})
  get_property(languages GLOBAL PROPERTY ENABLED_LANGUAGES)
  if("CXX" IN_LIST languages)
    target_compile_features(${target} PRIVATE cxx_std_17)
  endif()
  set_target_properties(${target} PROPERTIES
    PREFIX "" SUFFIX ".so" OUTPUT_NAME ${target}
    C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
    LINK_DEPENDS ${symbols})
  target_link_options(${target} PRIVATE LINKER:--version-script=${symbols})
  if(NOT CONFITURE_SANITIZE) # the sanitizers' own symbols may live in the program alone
    target_link_options(${target} PRIVATE LINKER:-z,defs)
  endif()

  if(PLUGIN_FIRST_PARTY)
    set(folder "")
    if(PLUGIN_OPTIONAL)
      set(folder /optional)
    endif()
    target_link_libraries(${target} PRIVATE confiture_options)
    set_target_properties(${target} PROPERTIES
      LIBRARY_OUTPUT_DIRECTORY ${CONFITURE_PLUGIN_OUTPUT_DIRECTORY}${folder})
    add_dependencies(confiture-plugins ${target})
    install(TARGETS ${target}
      LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/confiture/plugins${folder})
  endif()
endfunction()
