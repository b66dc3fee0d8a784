#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "core/base/Error.h"

namespace kamei::app::cli {

/// Keys stay in the order in which they are written.
using Json = nlohmann::ordered_json;

/// Exit codes; other programs rely on them (README, "Command line").
enum class Exit : int {
    Done = 0,
    Open = 1, ///< done, but something is open or refused
    Usage = 2,
    Unreadable = 3, ///< an input could not be read; the rest was done
    Workspace = 4,  ///< damaged, locked, newer, or none
    Io = 5,         ///< no space or I/O error
};

/// The exit code that belongs to an error that ended a command.
[[nodiscard]] Exit exitFor(base::ErrorCode code);

/// Whether people are spoken to in Japanese: LC_ALL, LC_MESSAGES, LANG, the first that is set.
[[nodiscard]] bool speaksJapanese();
/// One of two sentences, by speaksJapanese().
[[nodiscard]] std::string_view say(std::string_view english, std::string_view japanese);
/// What happened and what to do, as a sentence without identifiers.
[[nodiscard]] std::string sentence(const base::Error& error);

/// Prints a sentence on stderr.
void tell(std::string_view text);
/// Prints the error's sentence on stderr and yields its exit code.
[[nodiscard]] Exit report(const base::Error& error);

/// Prints one object as one line on stdout. Invalid UTF-8 becomes U+FFFD, so that a line is always JSON.
void printLine(const Json& value);
/// Prints tab-separated cells as one line on stdout; tabs and line breaks in cells become spaces.
void printCells(const std::vector<std::string>& cells);
/// Prints bytes on stdout as they are.
void printBytes(std::string_view bytes);
/// Whether nobody reads stdout any more, or it cannot be written: a list can stop there.
[[nodiscard]] bool outputEnded();
/// Flushes stdout; Io when what was printed could not be written (full disk behind a redirection).
[[nodiscard]] Exit flushed(Exit otherwise);

/// The object of an error that stands in a row: {"error":"truncated","args":[...]}.
[[nodiscard]] Json problemJson(const base::Error& error);

} // namespace kamei::app::cli
