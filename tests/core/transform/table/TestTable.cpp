#include <QTest>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "core/transform/table/ColumnLoss.h"
#include "core/transform/table/Microaggregation.h"
#include "core/transform/table/Numbers.h"
#include "core/transform/table/SyntheticRecords.h"
#include "core/transform/table/Treatment.h"

using namespace kamei;
using namespace kamei::transform;
using model::Action;
using model::Method;
using table::Column;

namespace {

using Cells = std::vector<std::string>;

pseudonym::Key keyOf(char fill) {
    return *pseudonym::Key::fromBytes(std::vector<std::byte>(32, std::byte(fill)));
}

table::Treated treated(const Cells& cells, Action action, const Method& method = {}, bool dates = false) {
    const pseudonym::Key key = keyOf(1);
    pseudonym::Random random(key, {"test"});
    return table::treat({cells, action, method, dates}, random);
}

Cells numbers(int count) {
    Cells out;
    for (int i = 0; i < count; ++i) {
        out.push_back(std::to_string((i * 7919) % 1000 + i % 3));
    }
    return out;
}

double deviationOf(const std::vector<double>& values) {
    double mean = 0;
    for (const double value : values) {
        mean += value / static_cast<double>(values.size());
    }
    double squares = 0;
    for (const double value : values) {
        squares += (value - mean) * (value - mean);
    }
    return std::sqrt(squares / static_cast<double>(values.size()));
}

} // namespace

class TestTable : public QObject {
    Q_OBJECT

private slots:
    void readsNumbers_data() {
        QTest::addColumn<QString>("cell");
        QTest::addColumn<bool>("number");
        QTest::addColumn<double>("value");
        QTest::addColumn<int>("decimals");
        const auto row = [](const char* cell, double value, int decimals) {
            QTest::newRow(cell) << QString::fromUtf8(cell) << true << value << decimals;
        };
        row("12.50", 12.5, 2);
        row(" -3 ", -3, 0);
        row("1,234,567.8", 1234567.8, 1);
        row("１２０", 120, 0);
        row("＋３．５", 3.5, 1);
        row("0012", 12, 0);
        for (const char* cell : {"", " ", "<0.5", "120/80", "1e3", "1,23", "12,3456", "n.d.", "一二", "1.2.3",
                                 "-", "1234567890123456789012", "+"}) {
            QTest::newRow(cell) << QString::fromUtf8(cell) << false << 0.0 << 0;
        }
    }
    void readsNumbers() {
        QFETCH(QString, cell);
        QFETCH(bool, number);
        const auto read = table::numberOf(cell.toStdString());
        QCOMPARE(read.has_value(), number);
        if (number) {
            QTEST(read->value, "value");
            QTEST(read->decimals, "decimals");
        }
    }

    void treats_data() {
        QTest::addColumn<QStringList>("cells");
        QTest::addColumn<int>("action");
        QTest::addColumn<QString>("method");
        QTest::addColumn<QStringList>("result");
        QTest::addColumn<int>("removed");
        const auto row = [](const char* name, const QStringList& cells, Action action, const char* method,
                            const QStringList& result, int removed) {
            QTest::newRow(name) << cells << static_cast<int>(action) << QString::fromUtf8(method) << result
                                << removed;
        };
        row("4.7.2 一般化: 四捨五入", {"61.4", "62.5", "", "-7.5"}, Action::Generalise,
            R"({"to":"multiple","width":5})", {"60", "65", "", "-10"}, 0);
        row("4.7.2 一般化: 0.5 ごと", {"61.30", "61.75"}, Action::Generalise,
            R"({"to":"multiple","width":0.5})", {"61.5", "62.0"}, 0);
        row("4.7.2 一般化: 上位概念 (階級)", {"40", "49", "50", "n.d."}, Action::Generalise,
            R"({"to":"band","width":10})", {"40-49", "40-49", "50-59", ""}, 1);
        row("4.7.2 一般化: 日付を年に", {"2024-03-11", "令和6年4月1日", "S33.8.2", "後日"},
            Action::Generalise, R"({"to":"year"})", {"2024", "2024", "1958", ""}, 1);
        row("4.7.2 一般化: 日付を年月に", {"2024-03-11"}, Action::Generalise, R"({"to":"month"})",
            {"2024-03-01"}, 0);
        row("4.7.2 トップコーディング", {"180.5", "205.2", "199", ">200"}, Action::TopCode,
            R"({"bound":200})", {"180.5", "200.0", "199", ""}, 1);
        row("4.7.2 ボトムコーディング", {"30", "2.5", "5"}, Action::BottomCode, R"({"bound":5})",
            {"30", "5.0", "5"}, 0);
        row("4.7.2 ミクロアグリゲーション", {"1", "100", "2", "101", "3", "102"}, Action::Microaggregate,
            R"({"size":3})", {"2", "101", "2", "101", "2", "101"}, 0);
        row("4.7.2 ミクロアグリゲーション: 人数不足", {"1", "2"}, Action::Microaggregate, R"({"size":3})",
            {"", ""}, 2);
        row("4.7.2 ミクロアグリゲーション: 数でない値", {"1", "2", "<1", "3"}, Action::Microaggregate,
            R"({"size":3})", {"2", "2", "", "2"}, 1);
    }
    void treats() {
        QFETCH(QStringList, cells);
        QFETCH(int, action);
        QFETCH(QString, method);
        Cells in;
        for (const QString& cell : cells) {
            in.push_back(cell.toStdString());
        }
        const auto chosen = model::methodFromJson(method.toStdString());
        QVERIFY(chosen.has_value());
        const auto out = treated(in, static_cast<Action>(action), *chosen);
        QStringList result;
        for (const std::string& cell : out.cells) {
            result << QString::fromStdString(cell);
        }
        QTEST(result, "result");
        QFETCH(int, removed);
        QCOMPARE(static_cast<int>(out.removed), removed);
    }

    void groupsHoldAtLeastTheirSize_data() {
        QTest::addColumn<int>("records");
        QTest::addColumn<int>("size");
        QTest::addColumn<int>("columns");
        for (const int records : {3, 5, 6, 7, 8, 9, 100, 1001, 4500}) {
            for (const int columns : {1, 3}) {
                QTest::addRow("%d records, %d columns", records, columns) << records << 3 << columns;
            }
        }
        QTest::newRow("size 7") << 500 << 7 << 2;
    }
    void groupsHoldAtLeastTheirSize() {
        QFETCH(int, records);
        QFETCH(int, size);
        QFETCH(int, columns);
        std::vector<std::vector<double>> values(static_cast<std::size_t>(columns));
        for (int c = 0; c < columns; ++c) {
            for (int r = 0; r < records; ++r) {
                values[static_cast<std::size_t>(c)].push_back((r * (31 + c) * 7919) % 1009);
            }
        }
        const auto groups = table::groupRecords(values, static_cast<std::size_t>(size));
        QCOMPARE(groups.size(), static_cast<std::size_t>(records));
        std::map<std::size_t, int> members;
        for (const std::size_t group : groups) {
            ++members[group];
        }
        for (const auto& [group, count] : members) {
            QVERIFY2(count >= size && count < 3 * size, qPrintable(QString::number(count)));
        }
    }
    void equalRecordsStayTogether() {
        const std::vector<std::vector<double>> far{{0, 0, 0, 50, 50, 50, 99, 99, 99},
                                                   {0, 0, 0, 1, 1, 1, 0, 0, 0}};
        const auto groups = table::groupRecords(far, 3);
        for (std::size_t i = 0; i < 9; i += 3) {
            QCOMPARE(groups[i], groups[i + 1]);
            QCOMPARE(groups[i], groups[i + 2]);
        }
        QVERIFY(groups[0] != groups[3] && groups[3] != groups[6]);
    }
    void columnsAreAggregatedTogether() {
        Method method;
        method.with = "body";
        const std::vector<Column> columns{
            {{"150", "151", "152", "180", "181", "182"}, Action::Microaggregate, method},
            {{"50.1", "52.1", "54.1", "80", "x", "90"}, Action::Microaggregate, method}};
        const auto out = table::microaggregate(columns);
        // Five records hold both numbers: one group, in which nobody is alone.
        QCOMPARE(out[0].cells[4], std::string());
        QCOMPARE(out[1].cells[4], std::string());
        const std::set<std::string> heights(out[0].cells.begin(), out[0].cells.end());
        QCOMPARE(heights.size(), std::size_t{2}); // the average and the emptied one
        QCOMPARE(out[1].cells[0], std::string("65.3"));
    }

    void swappingKeepsTheValues() {
        const Cells before = numbers(2000);
        Method method;
        method.window = 2;
        const auto out = treated(before, Action::Swap, method);
        Cells left = before;
        Cells right = out.cells;
        std::ranges::sort(left);
        std::ranges::sort(right);
        QVERIFY(left == right);
        int moved = 0;
        for (std::size_t i = 0; i < before.size(); ++i) {
            moved += before[i] != out.cells[i] ? 1 : 0;
            // Two percent of the ranks of 0..1001 are 20 units, some more where values repeat.
            QVERIFY(std::abs(std::stod(before[i]) - std::stod(out.cells[i])) <= 40);
        }
        QVERIFY(moved > 1500);
    }
    void swappingMovesWords() {
        Cells before;
        for (int i = 0; i < 60; ++i) {
            before.push_back("職業" + std::to_string(i) + "x");
        }
        const auto out = treated(before, Action::Swap);
        QVERIFY(out.cells != before);
        Cells sorted = out.cells;
        Cells wanted = before;
        std::ranges::sort(sorted);
        std::ranges::sort(wanted);
        QVERIFY(sorted == wanted);
    }

    void noiseHasItsDistribution_data() {
        QTest::addColumn<int>("distribution");
        QTest::addColumn<double>("kurtosis"); // of the distribution: 3, 6, 1.8
        QTest::newRow("normal") << static_cast<int>(Method::Distribution::Normal) << 3.0;
        QTest::newRow("laplace") << static_cast<int>(Method::Distribution::Laplace) << 6.0;
        QTest::newRow("uniform") << static_cast<int>(Method::Distribution::Uniform) << 1.8;
    }
    void noiseHasItsDistribution() {
        QFETCH(int, distribution);
        QFETCH(double, kurtosis);
        const Cells before(40'000, "100.0000");
        Method method;
        method.distribution = static_cast<Method::Distribution>(distribution);
        method.scale = 4.0;
        const auto out = treated(before, Action::Noise, method);
        std::vector<double> noise;
        double mean = 0;
        for (const std::string& cell : out.cells) {
            noise.push_back(std::stod(cell) - 100);
            mean += noise.back() / 40'000;
        }
        const double deviation = deviationOf(noise);
        double fourth = 0;
        for (const double value : noise) {
            fourth += std::pow((value - mean) / deviation, 4) / 40'000;
        }
        QVERIFY2(std::abs(mean) < 0.1, qPrintable(QString::number(mean)));
        QVERIFY2(std::abs(deviation - 4) < 0.1, qPrintable(QString::number(deviation)));
        QVERIFY2(std::abs(fourth - kurtosis) < 0.12 * kurtosis, qPrintable(QString::number(fourth)));
    }
    void theKeyGivesTheSameNumbersAgain() {
        const Cells before = numbers(50);
        QVERIFY(treated(before, Action::Noise).cells == treated(before, Action::Noise).cells);
        const pseudonym::Key other = keyOf(2);
        pseudonym::Random random(other, {"test"});
        QVERIFY(table::treat({before, Action::Noise, {}, false}, random).cells !=
                treated(before, Action::Noise).cells);
    }
    void nothingPassesThatThisRoomDoesNotDo() {
        const auto out = treated({"a", "b"}, Action::Clean);
        QVERIFY((out.cells == Cells{"", ""}));
    }

    void artificialRecordsKeepTheColumns() {
        std::vector<Cells> records;
        for (int i = 0; i < 100; ++i) {
            records.push_back({i % 4 == 0 ? "F" : "M", std::to_string(i)});
        }
        const pseudonym::Key key = keyOf(1);
        pseudonym::Random random(key, {"test"});
        const auto out = table::syntheticRecords(records, 4000, random);
        QCOMPARE(out.size(), std::size_t{4000});
        const auto women = std::ranges::count_if(out, [](const Cells& row) { return row[0] == "F"; });
        QVERIFY2(std::abs(static_cast<double>(women) - 1000) < 120, qPrintable(QString::number(women)));
        const auto torn = std::ranges::count_if(
            out, [](const Cells& row) { return (std::stoi(row[1]) % 4 == 0) != (row[0] == "F"); });
        QVERIFY(torn > 1000); // columns are drawn each by itself
    }

    void lossIsMeasured() {
        const Cells before{"1", "3", "5", "7", "", "x"};
        const Cells after{"2", "2", "6", "6", "", ""};
        const auto loss = table::lossOf(before, after);
        QCOMPARE(loss.filled, 5);
        QCOMPARE(loss.changed, 4);
        QCOMPARE(loss.removed, 1);
        QCOMPARE(loss.distinctBefore, 5);
        QCOMPARE(loss.distinctAfter, 2);
        QVERIFY(loss.numeric.has_value());
        QCOMPARE(loss.numeric->meanBefore, 4.0);
        QCOMPARE(loss.numeric->lost, 4.0 / 20.0);
    }
    void usualBoundIsThe99thPercentile() {
        Cells cells;
        for (int i = 1; i <= 200; ++i) {
            cells.push_back(std::to_string(i));
        }
        QCOMPARE(table::usualBound(cells, Action::TopCode).value(), 198.0);
        QCOMPARE(table::usualBound(cells, Action::BottomCode).value(), 2.0);
        QVERIFY(!table::usualBound(Cells{"a"}, Action::TopCode));
    }
    void methodsAreChecked_data() {
        QTest::addColumn<QString>("json");
        QTest::addColumn<bool>("valid");
        QTest::newRow("empty") << "" << true;
        QTest::newRow("width 0") << R"({"to":"multiple","width":0})" << false;
        QTest::newRow("no width") << R"({"to":"band"})" << false;
        QTest::newRow("width below 0") << R"({"to":"band","width":-1})" << false;
        QTest::newRow("size 1") << R"({"size":1})" << false;
        QTest::newRow("window 0") << R"({"window":0})" << false;
        QTest::newRow("window 101") << R"({"window":101})" << false;
        QTest::newRow("scale 0") << R"({"scale":0})" << false;
        QTest::newRow("unknown distribution") << R"({"distribution":"cauchy"})" << false;
        QTest::newRow("no JSON") << "{" << false;
        QTest::newRow("all")
            << R"({"to":"band","width":10.0,"size":5,"with":"a","window":3.0,"distribution":"laplace",)"
               R"("scale":1.5,"rows":7})"
            << true;
    }
    void methodsAreChecked() {
        QFETCH(QString, json);
        QFETCH(bool, valid);
        const auto method = model::methodFromJson(json.toStdString());
        QCOMPARE(method.has_value(), valid);
        if (valid) {
            const auto again = model::methodFromJson(model::toJson(*method));
            QVERIFY(again.has_value() && *again == *method);
        }
    }
};

QTEST_APPLESS_MAIN(TestTable)
#include "TestTable.moc"
