// Words for the events of the audit log; the event words are those that core/job writes.
#include <QCoreApplication>
#include <array>
#include <utility>

#include "ui/text/Words.h"

namespace kamei::ui::text {
namespace {

struct AuditWords {
    Q_DECLARE_TR_FUNCTIONS(AuditWords)
};

} // namespace

QString auditEventName(const QString& word) {
    static constexpr std::array<std::pair<const char*, const char*>, 45> kEvents{{
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
        {"subjects.merged", QT_TRANSLATE_NOOP("Audit", "People found to be one")},
        {"subjects.split", QT_TRANSLATE_NOOP("Audit", "Data given to another person")}, // of older logs
        {"subjects.assigned", QT_TRANSLATE_NOOP("Audit", "Data assigned to a person")},
        {"subjects.restored", QT_TRANSLATE_NOOP("Audit", "Assignment of data taken back")},
        {"subjects.settled", QT_TRANSLATE_NOOP("Audit", "Doubt about people settled")},
        {"sheet.changed", QT_TRANSLATE_NOOP("Audit", "Purpose and notice changed")},
        {"policy.changed", QT_TRANSLATE_NOOP("Audit", "Policy changed")},
        {"template.saved", QT_TRANSLATE_NOOP("Audit", "Device template saved")},
        {"risk.reasoned", QT_TRANSLATE_NOOP("Audit", "Reason for a combination recorded")},
        {"stage.files", QT_TRANSLATE_NOOP("Audit", "Files processed")},
        {"stage.finished", QT_TRANSLATE_NOOP("Audit", "Processing finished")},
        {"face.evidence", QT_TRANSLATE_NOOP("Audit", "View of a face kept as evidence")},
        {"face.checked", QT_TRANSLATE_NOOP("Audit", "Removal of a face checked")},
        {"face.overruled", QT_TRANSLATE_NOOP("Audit", "Check of a face overruled")},
        {"asset.confirmed", QT_TRANSLATE_NOOP("Audit", "Confirmed by eye")},
        {"asset.sent-back", QT_TRANSLATE_NOOP("Audit", "Sent back")},
        {"release.written", QT_TRANSLATE_NOOP("Audit", "Released")},
        {"deleted-information.kept", QT_TRANSLATE_NOOP("Audit", "Deleted information kept")},
        {"deleted-information.destroyed", QT_TRANSLATE_NOOP("Audit", "Deleted information destroyed")},
        {"deleted-information.erased", QT_TRANSLATE_NOOP("Audit", "Deleted information erased")},
        {"deleted-information.opened", QT_TRANSLATE_NOOP("Audit", "Kept deleted information opened")},
        {"deleted-information.refused",
         QT_TRANSLATE_NOOP("Audit", "Wrong passphrase for deleted information")},
        {"reviewer.joined", QT_TRANSLATE_NOOP("Audit", "Key of a person put down")},
        {"reviewer.key-renewed", QT_TRANSLATE_NOOP("Audit", "New key of the same name put down")},
        {"reviewer.signed-in", QT_TRANSLATE_NOOP("Audit", "Signed in")},
        {"reviewer.signed-out", QT_TRANSLATE_NOOP("Audit", "Signed out, state signed")},
        {"sample.drawn", QT_TRANSLATE_NOOP("Audit", "Sample drawn")},
        {"sample.judged", QT_TRANSLATE_NOOP("Audit", "Sample judged")},
        {"clock.set-back", QT_TRANSLATE_NOOP("Audit", "The clock was set back")},
        {"workspace.restored", QT_TRANSLATE_NOOP("Audit", "Earlier state put back on purpose")},
        {"deleted-information.sealed-destroyed",
         QT_TRANSLATE_NOOP("Audit", "Kept deleted information destroyed")},
    }};
    for (const auto& [known, name] : kEvents) {
        if (word == QLatin1String(known)) {
            return QCoreApplication::translate("Audit", name);
        }
    }
    return word;
}

QString roleName(keys::Role value) {
    switch (value) {
    case keys::Role::DataManager:
        return AuditWords::tr("Data manager");
    case keys::Role::Radiologist:
        return AuditWords::tr("Radiologist");
    case keys::Role::EthicsReviewer:
        return AuditWords::tr("Ethics reviewer");
    }
    return {};
}

} // namespace kamei::ui::text
