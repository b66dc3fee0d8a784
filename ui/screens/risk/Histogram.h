#pragma once

#include <QWidget>
#include <array>
#include <cstdint>

namespace kamei::ui::screens {

/// How many people share their combination with how many: 1, 2, 3-4, 5-9, 10 and more.
class Histogram : public QWidget {
    Q_OBJECT

public:
    explicit Histogram(QWidget* parent = nullptr);
    /// People in classes of each size.
    void show(const std::array<std::int64_t, 5>& people);
    [[nodiscard]] QSize sizeHint() const override { return {360, 190}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::array<std::int64_t, 5> m_people{};
};

} // namespace kamei::ui::screens
