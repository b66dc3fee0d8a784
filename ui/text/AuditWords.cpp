// Words for the events of the audit log; the event words are those that core/job writes.
#include <QCoreApplication>
#include <array>
#include <utility>

#include "ui/text/Words.h"

namespace kamei::ui::text {

QString auditEventName(const QString& word) {
    static constexpr std::array<std::pair<const char*, const char*>, 26> kEvents{{
        {"workspace.created", QT_TRANSLATE_NOOP("Audit", "Workspace created")},
        {"workspace.migrated", QT_TRANSLATE_NOOP("Audit", "Workspace brought to a newer version")},
        {"import.finished", QT_TRANSLATE_NOOP("Audit", "Import finished")},
        {"detect.finished", QT_TRANSLATE_NOOP("Audit", "Search for candidates finished")},
        {"detect.assets", QT_TRANSLATE_NOOP("Audit", "Candidates looked for")},
        {"import.sources", QT_TRANSLATE_NOOP("Audit", "Files imported")},
        {"import.subjects", QT_TRANSLATE_NOOP("Audit", "Subjects recognised")},
        {"finding.decided", QT_TRANSLATE_NOOP("Audit", "Candidates decided")},
        {"finding.restored", QT_TRANSLATE_NOOP("Audit", "Decisions taken back")},
        {"finding.added", QT_TRANSLATE_NOOP("Audit", "Candidates added by hand")},
        {"finding.removed", QT_TRANSLATE_NOOP("Audit", "Candidates of a person removed")},
        {"finding.reshaped", QT_TRANSLATE_NOOP("Audit", "Candidate or mask reshaped")},
        {"asset.excluded", QT_TRANSLATE_NOOP("Audit", "Data taken out of the release")},
        {"asset.included", QT_TRANSLATE_NOOP("Audit", "Data put back into the release")},
        {"sheet.changed", QT_TRANSLATE_NOOP("Audit", "Purpose and notice changed")},
        {"policy.changed", QT_TRANSLATE_NOOP("Audit", "Policy changed")},
        {"template.saved", QT_TRANSLATE_NOOP("Audit", "Device template saved")},
        {"risk.reasoned", QT_TRANSLATE_NOOP("Audit", "Reason for a combination recorded")},
        {"stage.files", QT_TRANSLATE_NOOP("Audit", "Files processed")},
        {"stage.finished", QT_TRANSLATE_NOOP("Audit", "Processing finished")},
        {"asset.confirmed", QT_TRANSLATE_NOOP("Audit", "Confirmed by eye")},
        {"asset.sent-back", QT_TRANSLATE_NOOP("Audit", "Sent back")},
        {"release.written", QT_TRANSLATE_NOOP("Audit", "Released")},
        {"deleted-information.kept", QT_TRANSLATE_NOOP("Audit", "Deleted information kept")},
        {"deleted-information.destroyed", QT_TRANSLATE_NOOP("Audit", "Deleted information destroyed")},
        {"deleted-information.erased", QT_TRANSLATE_NOOP("Audit", "Deleted information erased")},
    }};
    for (const auto& [known, name] : kEvents) {
        if (word == QLatin1String(known)) {
            return QCoreApplication::translate("Audit", name);
        }
    }
    return word;
}

} // namespace kamei::ui::text
