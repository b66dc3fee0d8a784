#pragma once

#include <QFrame>
#include <functional>
#include <vector>

#include "ui/models/FindingListModel.h"
#include "ui/shell/AppContext.h"

class QCheckBox;
class QLabel;
class QPushButton;

namespace kamei::ui::screens::work {

/// Whether a decision holds for one finding or for all that are alike, which ones count as alike, and how
/// many they are before anything is decided.
class ScopeBox : public QWidget {
    Q_OBJECT

public:
    explicit ScopeBox(shell::AppContext& context, QWidget* parent = nullptr);

    /// Starts afresh with one finding: only itself.
    void setFinding(const model::Finding& finding);
    void clear();
    void toggle();
    [[nodiscard]] bool all() const;
    /// How many findings a decision would touch now.
    [[nodiscard]] qint64 count() const;
    /// Calls `use` with the findings a decision is for, at once or when they have been looked up; never when
    /// another finding is shown by then.
    void withTargets(std::function<void(std::vector<base::FindingId>)> use);

signals:
    void countChanged();

protected:
    void changeEvent(QEvent* event) override;

private:
    void setScope(job::Scope scope);
    void look();
    void lookPlaces(std::vector<base::FindingId> ids);
    void openMenu();
    void showWords();
    [[nodiscard]] static QString scopeName(job::Scope scope, qint64 count);

    shell::AppContext& m_context;
    QFrame* m_card;
    QCheckBox* m_check;
    QLabel* m_places;
    QPushButton* m_other;
    base::FindingId m_finding;
    job::Scope m_scope = job::Scope::SameValueInSubject;
    std::vector<base::FindingId> m_alike;
    bool m_known = false;
    quint64 m_generation = 0;
    std::function<void(std::vector<base::FindingId>)> m_waiting;
};

} // namespace kamei::ui::screens::work
