#pragma once

#include <QFrame>

#include "ui/screens/risk/RiskData.h"
#include "ui/shell/AppContext.h"

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QVBoxLayout;

namespace kamei::ui::screens {

/// Why one person is singled out, where the values stand, and the reason for leaving it so.
class PersonPanel : public QFrame {
    Q_OBJECT

public:
    explicit PersonPanel(shell::AppContext& context, QWidget* parent = nullptr);
    /// Shows a class; its first person's combinations when somebody is singled out.
    void show(const RiskData* data, const risk::EquivalenceClass* group);

signals:
    void reasonSaved();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void clearRows(QVBoxLayout* rows);
    void save();
    void showCombinations(const RiskData& data);
    void showAssets(const RiskData& data, const risk::EquivalenceClass& group);

    shell::AppContext& m_context;
    QLabel* m_title;
    QLabel* m_size;
    QLabel* m_combinationsHead;
    QVBoxLayout* m_combinations;
    QLabel* m_assetsHead;
    QVBoxLayout* m_assets;
    QLabel* m_reasonHead;
    QPlainTextEdit* m_reason;
    QPushButton* m_save;
    QLabel* m_note;
    base::SubjectId m_subject;
    const RiskData* m_data = nullptr;
    const risk::EquivalenceClass* m_group = nullptr;
};

} // namespace kamei::ui::screens
