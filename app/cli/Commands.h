#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "app/cli/Output.h"
#include "core/job/Session.h"

namespace CLI {
class App;
}

namespace kamei::app::cli {

/// What the parsed command line asks for; empty until a command was chosen.
using Chosen = std::function<Exit()>;

/// Each registers its commands with their options and help, and sets `chosen` when one is called.
void addJobCommands(CLI::App& app, Chosen& chosen);     ///< new import detect stage release
void addListCommands(CLI::App& app, Chosen& chosen);    ///< assets findings staged audit
void addReviewCommands(CLI::App& app, Chosen& chosen);  ///< risk gate report
void addDecideCommands(CLI::App& app, Chosen& chosen);  ///< decide
void addSubjectCommands(CLI::App& app, Chosen& chosen); ///< subjects merge split settle
void addPaperCommands(CLI::App& app, Chosen& chosen);   ///< advise papers
void addVerifyCommand(CLI::App& app, Chosen& chosen);   ///< verify
void addMaskCommand(CLI::App& app, Chosen& chosen);     ///< mask
void addPolicyCommands(CLI::App& app, Chosen& chosen);  ///< private policy
void addUnsealCommand(CLI::App& app, Chosen& chosen);   ///< unseal
void addKeysCommand(CLI::App& app, Chosen& chosen);     ///< keys
void addTextCommand(CLI::App& app, Chosen& chosen);     ///< detect-text
void addAboutCommands(CLI::App& app, Chosen& chosen);   ///< demo policies formats version

/// Who stands in the audit log for what the command line does.
inline constexpr const char* kActor = "cli";

/// A path as UTF-8 text for a line of output; bytes that are no UTF-8 stay as they are.
[[nodiscard]] std::string pathText(const std::filesystem::path& path);
/// The place of a source: its absolute path, and for a member of an archive "archive!/member".
[[nodiscard]] std::string sourceText(const model::Source& source);
/// A locator as it stands in `findings --json`: a DICOM path or metadata key as text, anything else as an
/// object.
[[nodiscard]] Json locatorJson(const model::Locator& locator);
/// The reverse, for `decide --from`. Malformed for any other shape.
[[nodiscard]] base::Expected<model::Locator> locatorFromJson(const Json& value);
[[nodiscard]] Json findingJson(const model::Finding& finding);

} // namespace kamei::app::cli
