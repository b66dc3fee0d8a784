#pragma once

#include <optional>

#include "core/base/Redacted.h"
#include "core/model/Review.h"
#include "core/release/Gate.h"
#include "ui/screens/Screen.h"

class QLabel;
class QPushButton;
class QScrollArea;

namespace kamei::ui::style {
class Badge;
}
namespace kamei::ui::screens {

class DestinationPanel;
class FatePanel;
class GateList;
class OutputTable;
class SheetPanel;

/// The gate as a list, each open point a link; what will be written; purpose and notice; deleted
/// information; the release, which is refused while a condition is open and has no override.
class ReleaseScreen : public Screen {
    Q_OBJECT

public:
    explicit ReleaseScreen(shell::AppContext& context, QWidget* parent = nullptr);
    void enter(const shell::Route& route) override;

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    [[nodiscard]] QWidget* buildLeft();
    [[nodiscard]] QWidget* buildRight();
    void connectAll();
    void retranslate();
    void refresh();
    void readSheet();
    void editSheet();
    void openPapers(bool kept);
    void setSheet(const model::PurposeSheet& sheet);
    void openPoint(release::Condition condition);
    void release(const QString& folder); ///< asks for the passphrase first when something is kept
    void confirmDestruction(const QString& folder);
    void start(const QString& folder, std::optional<base::Redacted> passphrase);
    void verify();
    void showOutcome(const QString& words, bool good);

    style::Badge* m_sign;
    QLabel* m_title;
    QLabel* m_note;
    QPushButton* m_check;
    QPushButton* m_papers;
    QLabel* m_gateHead;
    QLabel* m_keysMove;
    QLabel* m_keysOpen;
    QScrollArea* m_gateArea;
    GateList* m_gate;
    QWidget* m_openNote;
    QLabel* m_openNoteText;
    QPushButton* m_openNoteLink;
    QWidget* m_outcome;
    style::Badge* m_outcomeSign;
    QLabel* m_outcomeText;
    QPushButton* m_verifyAgain;
    DestinationPanel* m_destination;
    QLabel* m_outputHead;
    OutputTable* m_output;
    QLabel* m_sheetHead;
    QPushButton* m_edit;
    SheetPanel* m_sheetPanel;
    QLabel* m_fateHead;
    FatePanel* m_fate;
    QLabel* m_orderHead;
    QList<QLabel*> m_order;
    QLabel* m_orderNote;
    model::PurposeSheet m_sheet;
    QString m_releasedTo;
    bool m_editOnceRead = false;
    bool m_papersOnceRead = false; ///< came from step 8: the papers are opened at what is kept
    bool m_sheetRead = false;
    bool m_ended = false; ///< released, and nothing is left to release from
};

} // namespace kamei::ui::screens
