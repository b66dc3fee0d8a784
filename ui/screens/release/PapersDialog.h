#pragma once

#include <QDialog>
#include <QList>
#include <memory>
#include <vector>

#include "core/guideline/Advisor.h"
#include "core/job/Session.h"
#include "core/release/Papers.h"

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QTableWidget;
class QTabWidget;

namespace kamei::ui::screens {

/// Legal basis (2.4 to 2.6, 6.5, 6.6.2; no legal advice), contract checklist (3.7.2) and what is kept for
/// what (4.9(8)), written into the notes of the sheet; and all papers as files to print.
class PapersDialog : public QDialog {
    Q_OBJECT

public:
    PapersDialog(const model::PurposeSheet& sheet, std::vector<release::KeptItem> items, bool writable,
                 QWidget* parent = nullptr);
    [[nodiscard]] model::PurposeSheet sheet() const;
    void showKept(); ///< turns to what is kept for what

signals:
    /// Write all papers of the sheet as it stands in the dialog into a folder.
    void papersWanted(const QString& folder);

private:
    QWidget* buildBasis();
    QWidget* buildContract();
    QWidget* buildKept();
    void showAdvice();
    void count();

    model::PurposeSheet m_sheet;
    std::vector<release::KeptItem> m_items;
    bool m_writable;
    base::Expected<guideline::Advisor> m_advisor;
    QTabWidget* m_tabs;
    QList<QComboBox*> m_questions; ///< provider, stage, aim, recipient
    QTableWidget* m_advice;
    QList<QPlainTextEdit*> m_contract;
    QTableWidget* m_kept;
    QLabel* m_state;
};

/// Notice, terms, contract checklist, duties, legal basis and what is kept, as HTML and PDF. Not on the GUI
/// thread.
[[nodiscard]] base::Expected<void> writePapers(job::Session& session, const QString& folder);

} // namespace kamei::ui::screens
