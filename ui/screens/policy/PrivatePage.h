#pragma once

#include <QWidget>
#include <vector>

#include "core/job/PrivateElements.h"
#include "core/model/Policy.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTableView;

namespace kamei::ui::screens::policy {

class PrivateModel;

/// Which private elements each device writes, with their values over all people, so that a person decides
/// once for the device (Guideline 5.4.2; PS3.15 E.3.10).
class PrivatePage : public QWidget {
    Q_OBJECT

public:
    explicit PrivatePage(QWidget* parent = nullptr);
    ~PrivatePage() override;
    void show(std::vector<job::PrivateElement> elements);
    void show(const model::Policy& policy, bool writable);
    /// Brings an element into view: its owner and "(gggg,xxee)".
    void reveal(const std::string& creator, const std::string& place);

signals:
    void edited(const kamei::model::Policy& policy);
    void findingWanted(kamei::base::AssetId asset, kamei::base::FindingId finding);

protected:
    void changeEvent(QEvent* event) override;

private:
    class Shown;
    enum class Decision { Keep, Remove, None };
    void build();
    void fillDevices();
    void filter();
    void showSelected();
    void check();
    void selectDiffusion();
    void decide(Decision decision);
    [[nodiscard]] std::vector<const job::PrivateElement*> selected() const;
    [[nodiscard]] model::Device scoped(const model::Device& device) const;
    void retranslate();

    PrivateModel* m_model;
    Shown* m_shown;
    QComboBox* m_device;
    QLineEdit* m_search;
    QPushButton* m_diffusion;
    QTableView* m_table;
    QLabel* m_empty;
    QLabel* m_title;
    QLabel* m_detail;
    QPushButton* m_where;
    QLabel* m_scopeLabel;
    QComboBox* m_scope;
    QLabel* m_reasonLabel;
    QLineEdit* m_reason;
    QPushButton* m_keep;
    QPushButton* m_remove;
    QPushButton* m_none;
    QLabel* m_warning;
    bool m_writable = false;
};

} // namespace kamei::ui::screens::policy
