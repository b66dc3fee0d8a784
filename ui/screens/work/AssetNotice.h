#pragma once

#include <QFrame>
#include <optional>

#include "ui/shell/AppContext.h"

class QLabel;

namespace kamei::ui::screens::work {

/// The bar above the viewer that says why an asset cannot go on as it is: identifiers are left in its
/// processed files, a reviewer sent it back, or it is excluded. Hidden when there is nothing to say. Follows
/// the changes of the workspace by itself.
class AssetNotice : public QFrame {
    Q_OBJECT

public:
    explicit AssetNotice(shell::AppContext& context, QWidget* parent = nullptr);

    /// A none id hides it.
    void setAsset(base::AssetId asset);

protected:
    void changeEvent(QEvent* event) override;

private:
    struct News;
    void look();
    void say();
    [[nodiscard]] QString places() const; ///< where the first residuals are

    shell::AppContext& m_context;
    base::AssetId m_asset;
    std::shared_ptr<const News> m_news; ///< null: not read yet, or nothing selected
    quint64 m_generation = 0;
    QLabel* m_badIcon;
    QLabel* m_warnIcon;
    QLabel* m_words;
};

} // namespace kamei::ui::screens::work
