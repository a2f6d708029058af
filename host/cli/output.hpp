// SPDX-License-Identifier: MIT
// Where results and messages go. In text mode results are lines on standard output; in JSON mode
// standard output carries one document and nothing else. Messages always go to standard error.
#pragma once

#include <boost/json/fwd.hpp>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/foundation/error.hpp"

namespace host::cli {

enum class ColorChoice { automatic, always, never };

class Output {
 public:
  struct Options {
    bool json = false;
    std::string format = "text";  // as it was named
    bool quiet = false;
    int verbosity = 0;
    ColorChoice color = ColorChoice::automatic;
    std::optional<std::filesystem::path> file;  // -o: results go there instead
    std::filesystem::path project_root;         // for the source lines in errors; may be empty
  };
  explicit Output(Options options);
  ~Output();
  void set_project_root(std::filesystem::path root) { options_.project_root = std::move(root); }

  bool json() const { return options_.json; }
  const std::string& format() const { return options_.format; }
  bool quiet() const { return options_.quiet; }
  int verbosity() const { return options_.verbosity; }
  // Whether to colour results, and messages: --color, NO_COLOR, CLICOLOR_FORCE, CLICOLOR, terminal.
  bool color_results() const { return color_results_; }
  bool color_messages() const { return color_messages_; }

  // A line of the result in text mode; nothing in JSON mode. Control characters are made visible,
  // but for the colours of styled().
  void line(std::string_view text);
  // Result text as it is, without a newline added: SQL, a table already made of lines.
  void text(std::string_view text);
  // The result in JSON mode, "ok" put in front; nothing in text mode.
  void document(bool ok, boost::json::object fields);

  void message(std::string_view text);  // standard error, not with -q
  void detail(std::string_view text);   // standard error, only with -v
  void warning(std::string_view text);  // standard error, "warning: ..."
  // The one function that prints errors: code, message, place, source line with a caret, hint;
  // in JSON mode also the document {"ok": false, "error": {...}}. Passwords in URLs are masked.
  void error(const Error& error);
  // What a failed run did all the same: joins the document that error() writes.
  void add_to_error(boost::json::object fields);

  // Writes the -o file, or flushes standard output. Throws when that fails.
  void finish();

 private:
  void put(std::string_view text);
  Options options_;
  bool color_results_ = false, color_messages_ = false;
  bool document_written_ = false;
  std::unique_ptr<boost::json::object> error_fields_;
  std::string held_;  // for -o
};

// SGR codes of the 8 base colours around a text, or the text alone.
enum class Style { plain, bold, red, yellow, green, blue, cyan };
std::string styled(bool color, Style style, std::string_view text);

// Rows as aligned columns, two spaces between them; the first row is the heading. Width counts
// characters.
std::string format_table(const std::vector<std::vector<std::string>>& rows);

}  // namespace host::cli
