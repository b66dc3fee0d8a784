#include <QTest>
#include <string>

#include "core/detect/text/TextDetector.h"
#include "tests/core/detect/text/Labelled.h"

using namespace kamei::detect::text;

/// What the layout of a text says: tables, values side by side or below their key words, letters that stand
/// apart.
class TestTextLayout : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        auto detector = TextDetector::shared();
        QVERIFY(detector.has_value());
        m_detector = *detector;
    }

    void finds_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* rule, const char* text, const char* expected) {
            QTest::newRow(rule) << QString::fromUtf8(text) << QString::fromUtf8(expected);
        };
        row("table with commas",
            "受付No,ID,氏名,生年月日,性,記号,番号,枝番,担当\n"
            "001,118820,雁部 武,S16.8.4,男,44,210,00,鬼頭\n"
            "002,118821,—,,女,,,,\n",
            "EXAM_ID=001;CHART_NO=118820;PATIENT_NAME=雁部 武;BIRTH_DATE=S16.8.4;SEX=男;INSURANCE_NO=44;"
            "INSURANCE_NO=210;INSURANCE_NO=00;CLINICIAN_NAME=鬼頭;EXAM_ID=002;CHART_NO=118821;SEX=女");
        row("quoted cell", "id,name,sex,age\n7710022,\"Petrov, Anton\",M,46\n",
            "CHART_NO=7710022;PATIENT_NAME=Petrov, Anton;SEX=M;AGE=46");
        row("table with bars", "|室|なまえ|よみ|除去|連絡|\n|201|翔愛|とあ|なし|なし|\n",
            "PATIENT_NAME=翔愛;PATIENT_NAME=とあ");
        row("table with slashes", "患者番号／氏名／生年月日／担当\n10477／樺山 トミ／1936/04/26／田中\n",
            "CHART_NO=10477;PATIENT_NAME=樺山 トミ;BIRTH_DATE=1936/04/26;CLINICIAN_NAME=田中");
        row("table with wide blanks", "患者番号  氏名  生年月日  性別\n104-77  樺山 トミ  S11.4.26  女\n",
            "CHART_NO=104-77;PATIENT_NAME=樺山 トミ;BIRTH_DATE=S11.4.26;SEX=女");
        row("table with blanks in names", "番号 氏名 年齢 性別 担当\n1 佐藤 太郎 70 男 田中\n",
            "PATIENT_NAME=佐藤 太郎;AGE=70;SEX=男;CLINICIAN_NAME=田中");
        row("field and value in cells", "|患者ID|0-218834|氏名|宗我部 誠一|",
            "CHART_NO=0-218834;PATIENT_NAME=宗我部 誠一");
        row("field left open", "|氏名||性別|男|主治医|佐藤|\n|住所|||||なし|\n",
            "SEX=男;CLINICIAN_NAME=佐藤");
        row("insurance side by side", "国保 00409995／牟／778-1",
            "INSURANCE_NO=00409995;INSURANCE_NO=牟;INSURANCE_NO=778-1");
        row("insurance without a key word", "33299991・８８・１１２(本人3割)",
            "INSURANCE_NO=33299991・８８・１１２");
        row("insurance without a symbol", "記号・番号:—・00451208", "INSURANCE_NO=00451208");
        row("insurance on the line below", "被保険者証記号\n　京乙・七三一九", "INSURANCE_NO=京乙・七三一九");
        row("passport on the line below", "旅券番号\n　TZ0123456", "PASSPORT_NO=TZ0123456");
        row("account of a bank", "振込口座 普通 0012345", "OTHER_NO=普通 0012345");
        row("account of the post office", "通帳 記号19090 番号12345671", "OTHER_NO=記号19090 番号12345671");
        row("plate", "車No.沖縄 800 た 9-99", "OTHER_NO=沖縄 800 た 9-99");
        row("booklet", "母子健康手帳 第2305-118号", "CHART_NO=第2305-118号");
        row("lead", "RAリード LFP 09912", "EXAM_ID=LFP 09912");
        row("number behind a name", "山田 太郎 様 00-9913-2", "OTHER_NAME=山田 太郎;CHART_NO=00-9913-2");
        row("second number", "IDが0071-3と0071-8", "CHART_NO=0071-3;CHART_NO=0071-8");
        row("sign that leads to the number", "14歳 女 No.90017", "AGE=14歳;SEX=女;CHART_NO=90017");
        row("sign of the number", "札 №0138", "CHART_NO=№0138");
        row("address in Latin letters", "1099-5 Shirakawa-cho, Takayama, Gifu 506-0199",
            "ADDRESS=1099-5 Shirakawa-cho, Takayama, Gifu;POSTAL_CODE=506-0199");
        row("land beside a lot", "木更津市江川1990番地先の堤防", "ADDRESS=木更津市江川1990番地先");
        row("spaced date", "生 年 月 日 ： 昭 和 1 1 年 4 月 2 6 日", "BIRTH_DATE=昭 和 1 1 年 4 月 2 6 日");
        row("spaced fields", "ｶ ﾅ ｶ ﾊﾞ ﾔ ﾏ ﾄ ﾐ    性 別 女   患 者 I D   1 0 4 - 7 7",
            "PATIENT_NAME=ｶ ﾊﾞ ﾔ ﾏ ﾄ ﾐ;SEX=女;CHART_NO=1 0 4 - 7 7");
        row("spaced address and telephone",
            "住 所 鹿 児 島 県 指 宿 市 山 川 福 元 1 9 9 - 3\n  T E L 0 9 9 3 - 0 5 - 7 7 1 2",
            "ADDRESS=鹿 児 島 県 指 宿 市 山 川 福 元 1 9 9 - 3;PHONE=0 9 9 3 - 0 5 - 7 7 1 2");
        row("spaced name with a wide blank", "主 治 医   上 別 府   実", "CLINICIAN_NAME=上 別 府   実");
    }
    void finds() {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        QCOMPARE(labelled(text, m_detector->detect(text.toStdString(), {})), expected);
    }

    void leavesAlone_data() {
        QTest::addColumn<QString>("text");
        for (const char* text :
             {"検査項目,結果,単位,基準値\nAST,24,U/L,10-40\n", "項目|患者番号|担当|量\n採血|未|なし|5ml\n",
              "1 2 3 4 5 6 7 8 9 0 1 2", "曜 日 月 火 水 木 金 土\n1 2 3 4 5 6 7", "検 査 結 果 報 告",
              "総 コ レ ス テ ロ ー ル   2O8  mg/dL", "国保 2割負担", "介護保険 要介護2",
              "電車で体温 36 で 10 分", "普通 3000 円", "伝票No 1234-5678-9012", "心電図 リード II 誘導",
              "カタログ No.4410-22", "血圧 120-80 脈拍 60"}) {
            QTest::newRow(text) << QString::fromUtf8(text);
        }
    }
    void leavesAlone() {
        QFETCH(QString, text);
        QCOMPARE(labelled(text, m_detector->detect(text.toStdString(), {})), QString());
    }

    void keepsLayoutOfFullWidthBlanks() {
        const QString text = QString::fromUtf8("氏　　名　大　曽　根　　徹　様");
        QCOMPARE(labelled(text, m_detector->detect(text.toStdString(), {})),
                 QString::fromUtf8("PATIENT_NAME=大　曽　根　　徹"));
    }

private:
    std::shared_ptr<const TextDetector> m_detector;
};

QTEST_APPLESS_MAIN(TestTextLayout)
#include "TestTextLayout.moc"
