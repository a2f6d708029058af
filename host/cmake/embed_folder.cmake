# confiture_embed_folder(TARGET FOLDER): compiles the files of a folder into a target, as the list
# that host/cli/starter.hpp declares.
function(confiture_embed_folder target folder)
  file(GLOB_RECURSE names CONFIGURE_DEPENDS RELATIVE ${folder} ${folder}/*)
  list(SORT names)
  set(entries "")
  foreach(name ${names})
    file(READ ${folder}/${name} text)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${folder}/${name})
    string(APPEND entries "      {\"${name}\", R\"starter(${text})starter\"},\n")
  endforeach()
  file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/starter.cpp @ONLY CONTENT
"// Made by CMake from ${folder}.
#include \"host/cli/starter.hpp\"

namespace host::cli {

const std::vector<StarterFile>& starter_files() {
  static const std::vector<StarterFile> files{
@entries@  };
  return files;
}

}  // namespace host::cli
")
  target_sources(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/starter.cpp)
endfunction()
