#include "app/cli/Output.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace kamei::app::cli {
namespace {

/// errno of the first write to stdout that failed; what comes after is lost anyway.
int outputError = 0;

void put(std::string_view line) {
    if (outputError == 0 && std::fwrite(line.data(), 1, line.size(), stdout) != line.size()) {
        outputError = errno;
    }
}

} // namespace

Exit exitFor(base::ErrorCode code) {
    using enum base::ErrorCode;
    switch (code) {
    case WorkspaceMissing:
    case WorkspaceDamaged:
    case WorkspaceNewer:
    case WorkspaceLocked:
    case AuditBroken:
        return Exit::Workspace;
    case NoSpace:
    case IoError:
    case PermissionDenied:
    case WorkspaceReadOnly:
    case OutOfMemory:
    case Internal:
        return Exit::Io;
    case InvalidArgument:
        return Exit::Usage;
    case WorkspaceExists:
    case ReasonRequired:
    case PassphraseRequired:
    case NotPossible:
    case GateClosed:
    case NothingToUndo:
    case Cancelled:
        return Exit::Open;
    default:
        return Exit::Unreadable;
    }
}

bool speaksJapanese() {
    static const bool japanese = [] {
        for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
            if (const char* value = std::getenv(name); value != nullptr && *value != '\0') {
                return std::string_view(value).starts_with("ja");
            }
        }
        return false;
    }();
    return japanese;
}

std::string_view say(std::string_view english, std::string_view japanese) {
    return speaksJapanese() ? japanese : english;
}

void tell(std::string_view text) {
    const std::string line = std::string(text) + '\n';
    std::fwrite(line.data(), 1, line.size(), stderr);
}

Exit report(const base::Error& error) {
    tell(sentence(error));
    return exitFor(error.code);
}

void printLine(const Json& value) {
    const std::string line = value.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
    put(line);
}

void printCells(const std::vector<std::string>& cells) {
    std::string line;
    for (const std::string& cell : cells) {
        if (!line.empty() || &cell != cells.data()) {
            line += '\t';
        }
        std::string flat = cell;
        std::ranges::replace_if(
            flat, [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
        line += flat;
    }
    line += '\n';
    put(line);
}

void printBytes(std::string_view bytes) {
    put(bytes);
}

bool outputEnded() {
    return outputError != 0;
}

Exit flushed(Exit otherwise) {
    if (outputError == 0 && std::fflush(stdout) != 0) {
        outputError = errno;
    }
    // A reader that has seen enough (head) is no error of ours.
    if (outputError != 0 && outputError != EPIPE) {
        return report(base::errorFromErrno(outputError, "cli.output"));
    }
    return otherwise;
}

Json problemJson(const base::Error& error) {
    Json out{{"error", base::errorWord(error.code)}};
    if (!error.args.empty()) {
        out["args"] = error.args;
    }
    return out;
}

} // namespace kamei::app::cli
