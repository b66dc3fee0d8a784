#pragma once

#include <QCheckBox>

namespace kamei::ui::screens::work {

/// A check box whose words go on in a further line instead of widening the panel.
class WrappedCheck : public QCheckBox {
    Q_OBJECT

public:
    explicit WrappedCheck(QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    [[nodiscard]] bool hitButton(const QPoint& position) const override;

private:
    /// Where the words stand in `width`: right of the box.
    [[nodiscard]] int wordsLeft() const;
};

} // namespace kamei::ui::screens::work
