#pragma once

#include <QList>
#include <functional>
#include <optional>

#include "ui/screens/Screen.h"
#include "ui/screens/work/AddPopup.h"

class QAction;
class QSplitter;

namespace kamei::ui::models {
struct FindingRow;
}

namespace kamei::ui::screens::work {

class AssetPage;
class DetailPanel;
class FindingsPanel;
class TreePanel;

/// Deciding on findings: subjects and assets at the left, the asset in the middle, its findings at the
/// right. J and K go through everything that is open; A, R, E and Space decide; U takes back.
class WorkScreen : public Screen {
    Q_OBJECT

public:
    explicit WorkScreen(shell::AppContext& context, QWidget* parent = nullptr);
    ~WorkScreen() override;

    void enter(const shell::Route& route) override;

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    /// Which finding is selected when an asset has been read.
    enum class Start { First, Last, Nothing };

    void build();
    void addActions();
    void retranslate();
    void sessionChanged();
    void changed(const job::Change& change);

    // what is shown (WorkScreen.cpp)
    void open(base::AssetId asset, base::FindingId finding, Start start);
    void reload();
    void select(base::FindingId finding);
    void step(bool forward);
    void showFinding(const models::FindingRow& row);
    void answerByMasks();
    void nextAsset(bool forward);
    void openFirst();
    void openFinding(base::FindingId id);
    void arrive(); ///< opens what the route to a list asked for, once the list is there

    // what is decided (WorkDecisions.cpp)
    void accept();
    void reject();
    void change(model::Action action);
    void decide(model::DecisionState state, model::Action action);
    [[nodiscard]] model::Policy policyNow() const;
    /// Takes out what an edit without a reason leaves as it is; how many of them are open.
    int takeOutUnreasoned(std::vector<base::FindingId>& targets, const decide::Decide& edit) const;
    /// Takes out proposed masks that hide nearly all of a picture, unless one is what is shown; how many.
    int takeOutHiding(std::vector<base::FindingId>& targets, const decide::Decide& edit) const;
    /// decide::hidesMost by the questions of its asset.
    [[nodiscard]] bool hidesMost(const model::Finding& finding) const;
    void decideColumn(const std::vector<base::FindingId>& findings, model::Action action,
                      const std::string& method);
    void add(const Marked& marked);
    void push(const std::vector<model::Finding>& findings);
    void removeCurrent();
    void exclude(bool excluded);
    void goOn(const std::vector<base::FindingId>& decided);

    TreePanel* m_tree;
    AssetPage* m_page;
    FindingsPanel* m_findings;
    DetailPanel* m_detail;
    QSplitter* m_columns;
    QSplitter* m_inspector;
    QList<QAction*> m_actions;

    job::AssetRow m_asset;
    base::AssetId m_opening;
    base::FindingId m_current;
    base::FindingId m_wanted; ///< to be selected when the findings are read again
    Start m_start = Start::First;
    std::optional<shell::Route> m_arriving; ///< to a list that is being read
    bool m_leaveNext = false; ///< the last open finding was decided: J goes on with the next asset
    bool m_entering = false;  ///< the viewer takes the focus once it shows something
    quint64 m_generation = 0;
};

} // namespace kamei::ui::screens::work
