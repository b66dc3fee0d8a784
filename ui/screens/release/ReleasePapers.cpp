// ReleaseScreen: legal basis, contract, what is kept for what, and the papers as files.
#include "core/job/Minimisation.h"
#include "ui/screens/release/PapersDialog.h"
#include "ui/screens/release/ReleaseScreen.h"
#include "ui/tasks/TaskRunner.h"

namespace kamei::ui::screens {

void ReleaseScreen::openPapers(bool kept) {
    const auto session = context().session();
    if (!m_sheetRead || !session) {
        return;
    }
    context().runner().look(
        this, [session] { return job::keptItems(*session); },
        [this, session, kept](base::Expected<std::vector<release::KeptItem>> items) {
            if (session != context().session()) {
                return;
            }
            if (!items) {
                context().showError(items.error());
                return;
            }
            auto* dialog = new PapersDialog(m_sheet, std::move(*items), session->writable(), this);
            dialog->setAttribute(Qt::WA_DeleteOnClose);
            connect(dialog, &QDialog::accepted, this, [this, dialog] {
                // The rest of the sheet may have changed beside the dialog.
                model::PurposeSheet sheet = m_sheet;
                sheet.notes = dialog->sheet().notes;
                setSheet(sheet);
            });
            connect(dialog, &PapersDialog::papersWanted, this, [this, dialog](const QString& folder) {
                const auto now = context().session();
                if (!now) {
                    return;
                }
                if (now->writable()) {
                    model::PurposeSheet sheet = m_sheet;
                    sheet.notes = dialog->sheet().notes;
                    setSheet(sheet); // what is written is what the workspace holds
                }
                context().runner().look(
                    this, [now, folder] { return writePapers(*now, folder); },
                    [this](base::Expected<void> done) {
                        if (done) {
                            context().say(tr("The papers are written."));
                        } else {
                            context().showError(done.error());
                        }
                    });
            });
            if (kept) {
                dialog->showKept();
            }
            dialog->open();
        });
}

} // namespace kamei::ui::screens
