#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "core/base/Error.h"
#include "core/job/Session.h"

namespace kamei::support {

/// How far the work on the demo has come.
enum class Progress { Imported, HalfDecided, Staged };

/// Writes the demo cohort below `folder`, imports it and goes on as far as asked. Ends the process with a
/// message on stderr when anything fails.
[[nodiscard]] std::shared_ptr<job::Session> demoWorkspace(const std::filesystem::path& folder,
                                                          Progress progress, const std::string& title);

} // namespace kamei::support
