#pragma once

#include <QWidget>

#include "core/job/PolicyTrial.h"
#include "ui/shell/AppContext.h"

class QComboBox;
class QLabel;
class QPushButton;

namespace kamei::ui::views::attributes {
class AttributeView;
}
namespace kamei::ui::screens::policy {

/// Shows what a policy that is not saved yet would make of one DICOM file, of the workspace or any other.
class TrialPage : public QWidget {
    Q_OBJECT

public:
    explicit TrialPage(shell::AppContext& context, QWidget* parent = nullptr);
    /// Tries again when a file is chosen and the page is seen.
    void show(const model::Policy& policy);
    void tryFile(const QString& path);
    void tryAsset(base::AssetId asset);
    /// Another workspace: nothing of the one before stays.
    void reset();

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void listAssets();
    void browse();
    void run();
    void shown(base::Expected<job::PolicyTrial> trial);
    void retranslate();

    shell::AppContext& m_context;
    model::Policy m_policy;
    QString m_file;
    base::AssetId m_asset;
    QLabel* m_assetLabel;
    QComboBox* m_assets;
    QPushButton* m_browse;
    QLabel* m_state;
    views::attributes::AttributeView* m_view;
    bool m_due = false;
    int m_generation = 0;
};

} // namespace kamei::ui::screens::policy
