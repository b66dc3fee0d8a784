<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja" sourcelanguage="en">
    <context>
        <name>Actions</name>
        <message>
            <source>New workspace from folder…</source>
            <translation>フォルダから新規作成…</translation>
        </message>
        <message>
            <source>Open workspace…</source>
            <translation>ワークスペースを開く…</translation>
        </message>
        <message>
            <source>Open the demo</source>
            <translation>デモを開く</translation>
        </message>
        <message>
            <source>Import files…</source>
            <translation>ファイルを取り込む…</translation>
        </message>
        <message>
            <source>Import a folder…</source>
            <translation>フォルダを取り込む…</translation>
        </message>
        <message>
            <source>Close workspace</source>
            <translation>ワークスペースを閉じる</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>終了</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>元に戻す</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>やり直す</translation>
        </message>
        <message>
            <source>Search actions, subjects, data</source>
            <translation>操作・対象者・データを検索</translation>
        </message>
        <message>
            <source>Home</source>
            <translation>ホーム</translation>
        </message>
        <message>
            <source>Decide</source>
            <translation>判断</translation>
        </message>
        <message>
            <source>Risk</source>
            <translation>リスク</translation>
        </message>
        <message>
            <source>Confirm</source>
            <translation>目視確認</translation>
        </message>
        <message>
            <source>Release</source>
            <translation>書き出し</translation>
        </message>
        <message>
            <source>Audit</source>
            <translation>監査</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>設定</translation>
        </message>
        <message>
            <source>Full screen</source>
            <translation>全画面表示</translation>
        </message>
        <message>
            <source>Find candidates</source>
            <translation>候補を検出</translation>
        </message>
        <message>
            <source>Process decided data</source>
            <translation>判断を反映して加工</translation>
        </message>
        <message>
            <source>Cancel the running job</source>
            <translation>実行中のジョブを中止</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>ヘルプ</translation>
        </message>
        <message>
            <source>Keyboard shortcuts</source>
            <translation>キーボード操作の一覧</translation>
        </message>
        <message>
            <source>About Kamei</source>
            <translation>Kamei について</translation>
        </message>
        <message>
            <source>Policy of the workspace</source>
            <translation>このワークスペースの処理方針</translation>
        </message>
        <message>
            <source>Face</source>
            <translation>顔貌</translation>
        </message>
        <message>
            <source>People: whose data they are</source>
            <translation>対象者：誰のデータか</translation>
        </message>
        <message>
            <source>Destroy kept deleted information…</source>
            <translation>保存した削除情報等を消去…</translation>
        </message>
        <message>
            <source>Sign in with a key…</source>
            <translation>鍵でサインイン…</translation>
        </message>
    </context>
    <context>
        <name>AddPopup</name>
        <message>
            <source>Add as a finding</source>
            <translation>候補に追加</translation>
        </message>
        <message>
            <source>What it is</source>
            <translation>内容</translation>
        </message>
        <message numerus="yes">
            <source>All %n places in this text</source>
            <translation>
                <numerusform>この文書の %n か所すべて</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>AssetNotice</name>
        <message numerus="yes">
            <source>%n identifier(s) left after processing</source>
            <translation>
                <numerusform>加工後も識別子が %n 件残っています</numerusform>
            </translation>
        </message>
        <message>
            <source>Decisions changed since then: process again to see whether it is gone.</source>
            <translation>その後に判断が変わりました。再加工して、残っていないか確かめてください。</translation>
        </message>
        <message>
            <source>Select the text and add a finding, or change the decision on it, then process again.</source>
            <translation>該当する文字列を選んで候補に加えるか、判断を変更してから、再加工してください。</translation>
        </message>
        <message>
            <source>%1.</source>
            <translation>%1。</translation>
        </message>
        <message>
            <source>Sent back by %1, %2</source>
            <translation>差し戻し　%1　%2</translation>
        </message>
        <message>
            <source>Sent back</source>
            <translation>差し戻し</translation>
        </message>
        <message>
            <source>“%1”</source>
            <translation>「%1」</translation>
        </message>
        <message>
            <source>Correct it, then process again.</source>
            <translation>直してから再加工してください。</translation>
        </message>
        <message>
            <source>Excluded from the release</source>
            <translation>書き出しから除外中</translation>
        </message>
        <message>
            <source>Its files are not released; the report names it with the reason. The menu at the right above takes it back.</source>
            <translation>ファイルは書き出されず、報告書に理由とともに記載されます。右上のメニューから対象に戻せます。</translation>
        </message>
        <message>
            <source>byte %1</source>
            <translation>%1 バイト目</translation>
        </message>
        <message>
            <source>%1 as %2, %3</source>
            <translation>%1（%2、%3）</translation>
        </message>
        <message>
            <source> of file %1</source>
            <translation>・ファイル %1</translation>
        </message>
        <message numerus="yes">
            <source>and %n others</source>
            <translation>
                <numerusform>ほか %n 件</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>AssetPage</name>
        <message>
            <source>This file could not be read</source>
            <translation>このファイルは読み込めません</translation>
        </message>
        <message>
            <source>This kind is not shown here</source>
            <translation>この種類はここに表示できません</translation>
        </message>
        <message>
            <source>It cannot be processed yet and is held back from release. Exclude it, or release the others without it.</source>
            <translation>まだ加工できないため、書き出しの対象になりません。対象から除外するか、これを除いて書き出してください。</translation>
        </message>
        <message>
            <source>Nothing selected</source>
            <translation>選択されていません</translation>
        </message>
        <message>
            <source>Choose an asset at the left. J goes to the next finding, also over the end of an asset.</source>
            <translation>左の一覧からデータを選んでください。J で次の候補へ、データの終わりを越えて進みます。</translation>
        </message>
        <message>
            <source>This asset cannot be shown</source>
            <translation>このデータは表示できません</translation>
        </message>
        <message>
            <source>%1, row %2</source>
            <translation>%1、%2 行目</translation>
        </message>
        <message>
            <source>all images</source>
            <translation>全画像</translation>
        </message>
        <message>
            <source>images %1–%2</source>
            <translation>画像 %1～%2</translation>
        </message>
        <message>
            <source>file name</source>
            <translation>ファイル名</translation>
        </message>
        <message>
            <source>Take back into the release</source>
            <translation>書き出しの対象に戻す</translation>
        </message>
        <message>
            <source>Exclude from the release…</source>
            <translation>書き出しから除外…</translation>
        </message>
        <message numerus="yes">
            <source>%n images</source>
            <translation>
                <numerusform>%n 枚</numerusform>
            </translation>
        </message>
        <message>
            <source>≠ differs within the series</source>
            <translation>≠ 系列内で異なる値</translation>
        </message>
        <message>
            <source>%1 rows</source>
            <translation>%1 行</translation>
        </message>
        <message>
            <source>next</source>
            <translation>次</translation>
        </message>
        <message>
            <source>previous</source>
            <translation>前</translation>
        </message>
        <message>
            <source>accept</source>
            <translation>確定</translation>
        </message>
        <message>
            <source>reject</source>
            <translation>却下</translation>
        </message>
        <message>
            <source>change</source>
            <translation>加工を変更</translation>
        </message>
        <message>
            <source>all alike</source>
            <translation>同じもの全て</translation>
        </message>
        <message>
            <source>undo</source>
            <translation>元に戻す</translation>
        </message>
        <message>
            <source>before/after</source>
            <translation>前後を切替</translation>
        </message>
        <message>
            <source>select text to add one</source>
            <translation>文字を選ぶと候補を追加</translation>
        </message>
        <message>
            <source>Before</source>
            <translation>加工前</translation>
        </message>
        <message>
            <source>After</source>
            <translation>加工後</translation>
        </message>
        <message>
            <source>Side by side</source>
            <translation>並べて</translation>
        </message>
        <message>
            <source>Swipe</source>
            <translation>スワイプ</translation>
        </message>
        <message>
            <source>Flicker</source>
            <translation>交互</translation>
        </message>
        <message>
            <source>Document</source>
            <translation>文書</translation>
        </message>
        <message>
            <source>Source</source>
            <translation>原文</translation>
        </message>
        <message>
            <source>Image</source>
            <translation>画像</translation>
        </message>
        <message>
            <source>Attributes</source>
            <translation>属性</translation>
        </message>
        <message>
            <source>Number of the image</source>
            <translation>画像の番号</translation>
        </message>
        <message>
            <source>Image </source>
            <translation>画像 </translation>
        </message>
        <message>
            <source>More for this asset</source>
            <translation>このデータのその他の操作</translation>
        </message>
        <message>
            <source>mask</source>
            <translation>マスク</translation>
        </message>
        <message>
            <source>Delete the record of the current row</source>
            <translation>現在の行のレコードを削除</translation>
        </message>
        <message>
            <source>Add artificial records…</source>
            <translation>疑似レコードを追加…</translation>
        </message>
        <message>
            <source>Add artificial records</source>
            <translation>疑似レコードの追加</translation>
        </message>
        <message>
            <source>%1 artificial records</source>
            <translation>疑似レコード %1 件</translation>
        </message>
        <message>
            <source>Each value is drawn by itself from its processed column; no record is a person's.
Tell the recipients how many there are. Records to add:</source>
            <translation>各列の加工後の値から1つずつ独立に選んで作ります。実在の人の行にはなりません。
提供先には件数を伝えてください。追加する件数:</translation>
        </message>
    </context>
    <context>
        <name>AssignBox</name>
        <message>
            <source>A new person</source>
            <translation>新しい対象者</translation>
        </message>
        <message>
            <source>Nobody known</source>
            <translation>対象者不明</translation>
        </message>
        <message numerus="yes">
            <source>Assign %n items</source>
            <translation>
                <numerusform>%n 件を割り当てる</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Assign %n items to a new person</source>
            <translation>
                <numerusform>%n 件を新しい対象者に割り当てる</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Nobody knows whose these %n items are</source>
            <translation>
                <numerusform>%n 件を対象者不明に戻す</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Assign %n items to %1</source>
            <translation>
                <numerusform>%n 件を %1 に割り当てる</numerusform>
            </translation>
        </message>
        <message>
            <source>Whose data these are</source>
            <translation>データの対象者</translation>
        </message>
        <message>
            <source>Whose? Type number, name or birth date</source>
            <translation>対象者（番号・氏名・生年月日で検索）</translation>
        </message>
    </context>
    <context>
        <name>AttributeModel</name>
        <message>
            <source>Item %1</source>
            <translation>項目 %1</translation>
        </message>
        <message>
            <source>(not defined)</source>
            <translation>（定義なし）</translation>
        </message>
        <message>
            <source>Private: %1</source>
            <translation>プライベート：%1</translation>
        </message>
        <message>
            <source>(deleted)</source>
            <translation>（削除）</translation>
        </message>
        <message>
            <source>Open; suggested: %1</source>
            <translation>未判断　提案：%1</translation>
        </message>
        <message>
            <source>(empty)</source>
            <translation>（空）</translation>
        </message>
        <message>
            <source>Tag</source>
            <translation>タグ</translation>
        </message>
        <message>
            <source>VR</source>
            <translation>VR</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>名称</translation>
        </message>
        <message>
            <source>Before</source>
            <translation>加工前</translation>
        </message>
        <message>
            <source>After</source>
            <translation>加工後</translation>
        </message>
        <message>
            <source>Category</source>
            <translation>種類</translation>
        </message>
        <message>
            <source>Need</source>
            <translation>要否</translation>
        </message>
        <message>
            <source>State</source>
            <translation>状態</translation>
        </message>
        <message>
            <source>Source</source>
            <translation>根拠</translation>
        </message>
        <message>
            <source>(not known)</source>
            <translation>(不明)</translation>
        </message>
        <message>
            <source>File %1</source>
            <translation>ファイル %1</translation>
        </message>
    </context>
    <context>
        <name>AttributeView</name>
        <message>
            <source>Open %1</source>
            <translation>未判断 %1</translation>
        </message>
        <message>
            <source>Private %1</source>
            <translation>プライベート %1</translation>
        </message>
        <message>
            <source>%1 attributes · changed %2 · new values %3 · deleted or empty %4</source>
            <translation>%1 属性・変更 %2・新しい値 %3・削除または空 %4</translation>
        </message>
        <message>
            <source>Tag, name, value</source>
            <translation>タグ・名称・値</translation>
        </message>
        <message>
            <source>Search attributes</source>
            <translation>属性を検索</translation>
        </message>
        <message>
            <source>Attributes before and after</source>
            <translation>加工前後の属性</translation>
        </message>
        <message>
            <source>Changed only</source>
            <translation>変更のみ</translation>
        </message>
        <message>
            <source>Changed</source>
            <translation>変更</translation>
        </message>
        <message>
            <source>Required, open</source>
            <translation>必須 未判断</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>未判断</translation>
        </message>
        <message>
            <source>next change</source>
            <translation>次の変更</translation>
        </message>
        <message>
            <source>Decide for the device…</source>
            <translation>装置について判断…</translation>
        </message>
        <message>
            <source>Copy the tag</source>
            <translation>タグをコピー</translation>
        </message>
    </context>
    <context>
        <name>Audit</name>
        <message>
            <source>Workspace created</source>
            <translation>ワークスペースを作成</translation>
        </message>
        <message>
            <source>Workspace brought to a newer version</source>
            <translation>ワークスペースを新しい版に更新</translation>
        </message>
        <message>
            <source>Import finished</source>
            <translation>取込を完了</translation>
        </message>
        <message>
            <source>Search for candidates finished</source>
            <translation>候補の検出を完了</translation>
        </message>
        <message>
            <source>Candidates looked for</source>
            <translation>候補を検出</translation>
        </message>
        <message>
            <source>Files imported</source>
            <translation>ファイルを取込</translation>
        </message>
        <message>
            <source>Subjects recognised</source>
            <translation>対象者を判別</translation>
        </message>
        <message>
            <source>Candidates decided</source>
            <translation>候補を判断</translation>
        </message>
        <message>
            <source>Decisions taken back</source>
            <translation>判断を元に戻す</translation>
        </message>
        <message>
            <source>Candidates added by hand</source>
            <translation>候補を手動で追加</translation>
        </message>
        <message>
            <source>Candidates of a person removed</source>
            <translation>手動の候補を取り消し</translation>
        </message>
        <message>
            <source>Candidate or mask reshaped</source>
            <translation>候補・マスクの範囲を変更</translation>
        </message>
        <message>
            <source>Data taken out of the release</source>
            <translation>データを書き出しから除外</translation>
        </message>
        <message>
            <source>Data put back into the release</source>
            <translation>データを書き出しの対象に戻す</translation>
        </message>
        <message>
            <source>Purpose and notice changed</source>
            <translation>利用目的・公表事項を変更</translation>
        </message>
        <message>
            <source>Device template saved</source>
            <translation>装置テンプレートを保存</translation>
        </message>
        <message>
            <source>Reason for a combination recorded</source>
            <translation>組み合わせの理由を記録</translation>
        </message>
        <message>
            <source>Files processed</source>
            <translation>ファイルを加工</translation>
        </message>
        <message>
            <source>Processing finished</source>
            <translation>加工を完了</translation>
        </message>
        <message>
            <source>Confirmed by eye</source>
            <translation>目視確認</translation>
        </message>
        <message>
            <source>Sent back</source>
            <translation>差し戻し</translation>
        </message>
        <message>
            <source>Released</source>
            <translation>書き出し</translation>
        </message>
        <message>
            <source>Deleted information kept</source>
            <translation>削除情報等を保管</translation>
        </message>
        <message>
            <source>Deleted information destroyed</source>
            <translation>削除情報等を消去</translation>
        </message>
        <message>
            <source>Deleted information erased</source>
            <translation>削除情報等の値を消去</translation>
        </message>
        <message>
            <source>Policy changed</source>
            <translation>処理方針の変更</translation>
        </message>
        <message>
            <source>People found to be one</source>
            <translation>対象者を同一人物として統合</translation>
        </message>
        <message>
            <source>Data given to another person</source>
            <translation>データを別の対象者へ移動</translation>
        </message>
        <message>
            <source>Assignment of data taken back</source>
            <translation>データの割り当てを元に戻す</translation>
        </message>
        <message>
            <source>Doubt about people settled</source>
            <translation>対象者の疑義を確定</translation>
        </message>
        <message>
            <source>Kept deleted information opened</source>
            <translation>保存した削除情報等を開封</translation>
        </message>
        <message>
            <source>Wrong passphrase for deleted information</source>
            <translation>削除情報等のパスフレーズ誤り</translation>
        </message>
        <message>
            <source>Key of a person put down</source>
            <translation>担当者の鍵を登録</translation>
        </message>
        <message>
            <source>New key of the same name put down</source>
            <translation>同じ名前の新しい鍵を登録</translation>
        </message>
        <message>
            <source>Signed in</source>
            <translation>サインイン</translation>
        </message>
        <message>
            <source>Signed out, state signed</source>
            <translation>サインアウト (状態に署名)</translation>
        </message>
        <message>
            <source>Sample drawn</source>
            <translation>標本を抽出</translation>
        </message>
        <message>
            <source>Sample judged</source>
            <translation>標本を判定</translation>
        </message>
        <message>
            <source>The clock was set back</source>
            <translation>時計の逆行を検出</translation>
        </message>
        <message>
            <source>Earlier state put back on purpose</source>
            <translation>以前の状態から意図して再開</translation>
        </message>
        <message>
            <source>Kept deleted information destroyed</source>
            <translation>保存した削除情報等を消去</translation>
        </message>
        <message>
            <source>View of a face kept as evidence</source>
            <translation>顔貌の見え方を根拠として保存</translation>
        </message>
        <message>
            <source>Removal of a face checked</source>
            <translation>顔貌の除去を検査</translation>
        </message>
        <message>
            <source>Check of a face overruled</source>
            <translation>顔の検査結果を覆した</translation>
        </message>
        <message>
            <source>Data assigned to a person</source>
            <translation>データの対象者を指定</translation>
        </message>
    </context>
    <context>
        <name>AuditDetails</name>
        <message>
            <source>candidates</source>
            <translation>候補</translation>
        </message>
        <message>
            <source>data</source>
            <translation>データ</translation>
        </message>
        <message>
            <source>data no.</source>
            <translation>データ番号</translation>
        </message>
        <message>
            <source>candidate no.</source>
            <translation>候補番号</translation>
        </message>
        <message>
            <source>numbers</source>
            <translation>番号</translation>
        </message>
        <message>
            <source>new candidates</source>
            <translation>新しい候補</translation>
        </message>
        <message>
            <source>files</source>
            <translation>ファイル</translation>
        </message>
        <message>
            <source>unreadable</source>
            <translation>読込不可</translation>
        </message>
        <message>
            <source>residuals</source>
            <translation>残存</translation>
        </message>
        <message>
            <source>decision</source>
            <translation>判断</translation>
        </message>
        <message>
            <source>action</source>
            <translation>加工</translation>
        </message>
        <message>
            <source>rules</source>
            <translation>規則</translation>
        </message>
        <message>
            <source>version</source>
            <translation>版</translation>
        </message>
        <message>
            <source>subject no.</source>
            <translation>対象者番号</translation>
        </message>
        <message>
            <source>until</source>
            <translation>期限</translation>
        </message>
        <message>
            <source>SHA-256</source>
            <translation>SHA-256</translation>
        </message>
        <message>
            <source>shown</source>
            <translation>表示</translation>
        </message>
        <message>
            <source>of</source>
            <translation>全</translation>
        </message>
        <message>
            <source>with residuals</source>
            <translation>残存あり</translation>
        </message>
        <message>
            <source>deleted information kept</source>
            <translation>削除情報等の保管</translation>
        </message>
        <message>
            <source>digest of the texts</source>
            <translation>記載のハッシュ</translation>
        </message>
        <message>
            <source>digest of the rules</source>
            <translation>規則のハッシュ</translation>
        </message>
        <message>
            <source>joined by name</source>
            <translation>氏名で対応</translation>
        </message>
        <message>
            <source>joined by folder</source>
            <translation>フォルダで対応</translation>
        </message>
        <message>
            <source>manifest</source>
            <translation>マニフェスト</translation>
        </message>
        <message>
            <source>digest of the reason</source>
            <translation>理由のハッシュ</translation>
        </message>
        <message>
            <source>digest of the change</source>
            <translation>変更のハッシュ</translation>
        </message>
        <message>
            <source>known identifiers</source>
            <translation>既知の識別子</translation>
        </message>
        <message>
            <source>key</source>
            <translation>鍵</translation>
        </message>
        <message>
            <source>signed with</source>
            <translation>署名鍵</translation>
        </message>
        <message>
            <source>digest of the decisions</source>
            <translation>判断のハッシュ</translation>
        </message>
        <message>
            <source>on the screen</source>
            <translation>画面表示</translation>
        </message>
        <message>
            <source>digest of the note</source>
            <translation>注記のハッシュ</translation>
        </message>
        <message>
            <source>kept though required</source>
            <translation>必須の候補を残した数</translation>
        </message>
        <message>
            <source>digest of the person</source>
            <translation>担当者のハッシュ</translation>
        </message>
        <message>
            <source>digest of the state</source>
            <translation>状態のハッシュ</translation>
        </message>
        <message>
            <source>seed</source>
            <translation>乱数の種</translation>
        </message>
        <message>
            <source>drawn from</source>
            <translation>母集団</translation>
        </message>
        <message>
            <source>size</source>
            <translation>標本数</translation>
        </message>
        <message>
            <source>place in the sample</source>
            <translation>標本内の順番</translation>
        </message>
        <message>
            <source>judgement</source>
            <translation>判定</translation>
        </message>
    </context>
    <context>
        <name>AuditModel</name>
        <message>
            <source>(no name)</source>
            <translation>（名前なし）</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>日時</translation>
        </message>
        <message>
            <source>Who</source>
            <translation>実施者</translation>
        </message>
        <message>
            <source>What</source>
            <translation>操作</translation>
        </message>
        <message>
            <source>About</source>
            <translation>内容</translation>
        </message>
        <message>
            <source>Hash of the entry</source>
            <translation>記録のハッシュ</translation>
        </message>
        <message>
            <source>No.</source>
            <translation>番号</translation>
        </message>
    </context>
    <context>
        <name>AuditScreen</name>
        <message>
            <source>Verifying…</source>
            <translation>検証中…</translation>
        </message>
        <message>
            <source>Not verified yet</source>
            <translation>未検証</translation>
        </message>
        <message>
            <source>Save the log as a table</source>
            <translation>監査ログを表として保存</translation>
        </message>
        <message>
            <source>Tables (*.csv)</source>
            <translation>表 (*.csv)</translation>
        </message>
        <message>
            <source>%1 entries saved.</source>
            <translation>%1 件を保存しました。</translation>
        </message>
        <message>
            <source>Audit log</source>
            <translation>監査ログ</translation>
        </message>
        <message>
            <source>Everything</source>
            <translation>すべて</translation>
        </message>
        <message>
            <source>Import</source>
            <translation>取込</translation>
        </message>
        <message>
            <source>Search for candidates</source>
            <translation>候補の検出</translation>
        </message>
        <message>
            <source>Decisions</source>
            <translation>判断</translation>
        </message>
        <message>
            <source>Confirming and excluding</source>
            <translation>目視確認と除外</translation>
        </message>
        <message>
            <source>Processing</source>
            <translation>加工</translation>
        </message>
        <message>
            <source>Purpose and notice</source>
            <translation>利用目的と公表事項</translation>
        </message>
        <message>
            <source>Release</source>
            <translation>書き出し</translation>
        </message>
        <message>
            <source>Kind of entry</source>
            <translation>記録の種類</translation>
        </message>
        <message>
            <source>Filter the log</source>
            <translation>ログを絞り込み</translation>
        </message>
        <message>
            <source>Verify again</source>
            <translation>再検証</translation>
        </message>
        <message>
            <source>Save as table…</source>
            <translation>表として保存…</translation>
        </message>
        <message>
            <source>People and keys</source>
            <translation>担当者と鍵</translation>
        </message>
        <message>
            <source>Samples</source>
            <translation>標本</translation>
        </message>
        <message>
            <source>Nothing can be changed here but judgements of a sample; each is an entry of the log.</source>
            <translation>ここで変更できるのは標本の判定だけです。判定はすべて監査記録に残ります。</translation>
        </message>
        <message>
            <source>Unbroken: %1 entries, %2 signed</source>
            <translation>検証済み: %1 件 (署名 %2 件)</translation>
        </message>
    </context>
    <context>
        <name>AuditWords</name>
        <message>
            <source>Data manager</source>
            <translation>医療情報管理者</translation>
        </message>
        <message>
            <source>Radiologist</source>
            <translation>放射線科医</translation>
        </message>
        <message>
            <source>Ethics reviewer</source>
            <translation>倫理審査担当</translation>
        </message>
    </context>
    <context>
        <name>Badges</name>
        <message>
            <source>blocks release</source>
            <translation>書き出し不可</translation>
        </message>
        <message>
            <source>shown</source>
            <translation>表示</translation>
        </message>
    </context>
    <context>
        <name>Banner</name>
        <message>
            <source>Close this message</source>
            <translation>この通知を閉じる</translation>
        </message>
    </context>
    <context>
        <name>BoundPlot</name>
        <message>
            <source>Bound on the share of leaks over the number judged: now %1</source>
            <translation>判定数に対する漏れの割合の上限。現在 %1</translation>
        </message>
        <message>
            <source>wanted %1</source>
            <translation>目標 %1</translation>
        </message>
        <message>
            <source>judged</source>
            <translation>判定した数</translation>
        </message>
    </context>
    <context>
        <name>CategoryChip</name>
        <message>
            <source>%1: %2</source>
            <translation>%1：%2</translation>
        </message>
    </context>
    <context>
        <name>ClipBar</name>
        <message>
            <source>Key frame</source>
            <translation>キーを打つ</translation>
        </message>
        <message>
            <source>The mask stands here on this picture; between key frames it moves evenly</source>
            <translation>この画像での位置を記録します。キーの間は補間されます</translation>
        </message>
        <message>
            <source>Remove key</source>
            <translation>キーを消す</translation>
        </message>
        <message>
            <source>Takes the key frame of this picture away</source>
            <translation>この画像のキーを取り除きます</translation>
        </message>
        <message>
            <source>From here</source>
            <translation>ここから</translation>
        </message>
        <message>
            <source>The mask begins on this picture</source>
            <translation>マスクの始まりをこの画像にします</translation>
        </message>
        <message>
            <source>Until here</source>
            <translation>ここまで</translation>
        </message>
        <message>
            <source>The mask ends on this picture</source>
            <translation>マスクの終わりをこの画像にします</translation>
        </message>
        <message>
            <source>Follow</source>
            <translation>追跡</translation>
        </message>
        <message>
            <source>The mask follows what it covers through the next pictures; look at them afterwards</source>
            <translation>覆っている物を次の画像から追いかけます。追跡のあと、必ず画像を見て確かめてください</translation>
        </message>
        <message>
            <source>%1 (%2)</source>
            <translation>%1（%2）</translation>
        </message>
        <message>
            <source>The sound falls silent with this picture</source>
            <translation>この画像から無音にします</translation>
        </message>
        <message>
            <source>The sound is silent up to the end of this picture</source>
            <translation>この画像の終わりまで無音にします</translation>
        </message>
    </context>
    <context>
        <name>ColumnHeader</name>
        <message>
            <source>nothing found</source>
            <translation>検出なし</translation>
        </message>
        <message>
            <source>in the text</source>
            <translation>本文中</translation>
        </message>
        <message>
            <source>open: %1</source>
            <translation>未判断：%1</translation>
        </message>
        <message>
            <source>%1 open: %2</source>
            <translation>未判断 %1：%2</translation>
        </message>
    </context>
    <context>
        <name>ConfirmPanel</name>
        <message>
            <source>What is confirmed</source>
            <translation>確認の対象</translation>
        </message>
        <message>
            <source>unconfirmed by default</source>
            <translation>既定では未確認</translation>
        </message>
        <message>
            <source>What was done</source>
            <translation>加工の内容</translation>
        </message>
        <message>
            <source>Back to the decisions</source>
            <translation>判断へ戻る</translation>
        </message>
        <message>
            <source>Checked by machine</source>
            <translation>機械による検査</translation>
        </message>
        <message>
            <source>Reviewer</source>
            <translation>確認者</translation>
        </message>
        <message>
            <source>Note for sending back</source>
            <translation>差し戻しの注記</translation>
        </message>
        <message>
            <source>Example: part of a name remains at the lower right of picture 7</source>
            <translation>例：7 枚目の右下に名前の一部が残る</translation>
        </message>
        <message>
            <source>I have looked at this and confirm it  (Enter)</source>
            <translation>このデータを確認した（Enter）</translation>
        </message>
        <message>
            <source>Send back…  (Backspace)</source>
            <translation>差し戻す…（Backspace）</translation>
        </message>
        <message numerus="yes">
            <source>%n place(s)</source>
            <translation>
                <numerusform>%n か所</numerusform>
            </translation>
        </message>
        <message>
            <source>Nothing was changed.</source>
            <translation>変更はありません。</translation>
        </message>
        <message numerus="yes">
            <source>%1, stays as it is (%n place(s)): %2</source>
            <translation>
                <numerusform>%1、そのまま残る（%n か所）：%2</numerusform>
            </translation>
        </message>
        <message>
            <source>, </source>
            <translation>、</translation>
        </message>
        <message>
            <source>Residual search for known identifiers</source>
            <translation>残存検査（既知の識別子）</translation>
        </message>
        <message numerus="yes">
            <source>%n found</source>
            <translation>
                <numerusform>検出 %n</numerusform>
            </translation>
        </message>
        <message>
            <source>Reflects the present decisions</source>
            <translation>最新の判断を反映</translation>
        </message>
        <message>
            <source>no, stage again</source>
            <translation>いいえ（再加工が必要）</translation>
        </message>
        <message>
            <source>yes</source>
            <translation>はい</translation>
        </message>
        <message>
            <source>not staged</source>
            <translation>未加工</translation>
        </message>
        <message>
            <source>staged %1</source>
            <translation>%1 に加工</translation>
        </message>
        <message numerus="yes">
            <source>%n file(s)</source>
            <translation>
                <numerusform>%n ファイル</numerusform>
            </translation>
        </message>
        <message>
            <source>A decision changed after staging. Stage again, then look again.</source>
            <translation>加工後に判断が変わりました。再加工してから、もう一度見てください。</translation>
        </message>
        <message>
            <source>Confirmed for this SHA-256.</source>
            <translation>この SHA-256 について確認済みです。</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <translation>%1：%2</translation>
        </message>
        <message>
            <source>Not decided yet, processed as suggested</source>
            <translation>未判断（提案どおりに加工）</translation>
        </message>
        <message>
            <source>Sent back by %1: “%2”</source>
            <translation>%1 が差し戻し：「%2」</translation>
        </message>
        <message>
            <source>Face removed: not checked yet</source>
            <translation>顔貌の除去：未検査</translation>
        </message>
        <message>
            <source>No face is seen any more</source>
            <translation>顔は検出されません</translation>
        </message>
        <message>
            <source>A face is still seen</source>
            <translation>顔がまだ検出されます</translation>
        </message>
        <message>
            <source>Whether a face is left could not be judged</source>
            <translation>顔が残るか判定できません</translation>
        </message>
        <message>
            <source>%1 of %2 views</source>
            <translation>%2 視点中 %1</translation>
        </message>
        <message>
            <source>Surface moved, mean and most</source>
            <translation>表面の移動（平均・最大）</translation>
        </message>
        <message>
            <source>Voxels changed that must stay</source>
            <translation>変えてはならない画素の変化</translation>
        </message>
        <message>
            <source>Overruled by %1: %2</source>
            <translation>%1 が覆しました：%2</translation>
        </message>
        <message>
            <source>It can be confirmed only when you overrule the check with a reason, or go back and remove more.</source>
            <translation>理由を記して検査結果を覆すか、戻って広く除去しないと確認できません。</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>理由</translation>
        </message>
        <message>
            <source>Reason for overruling the check of the face</source>
            <translation>顔の検査結果を覆す理由</translation>
        </message>
        <message>
            <source>Overrule</source>
            <translation>覆す</translation>
        </message>
        <message>
            <source>The check after the removal of the face speaks against it, see above.</source>
            <translation>顔貌除去後の検査に問題があります（上を参照）。</translation>
        </message>
        <message>
            <source>The removal of the face has not been checked. Stage again.</source>
            <translation>顔貌の除去が未検査です。もう一度加工してください。</translation>
        </message>
        <message>
            <source>Sign in first (above right): who confirms is recorded.</source>
            <translation>先に右上からサインインしてください。確認者として記録されます。</translation>
        </message>
        <message>
            <source>%1, without a key: recorded, not signed</source>
            <translation>%1 (鍵なし: 記録のみ、署名なし)</translation>
        </message>
        <message>
            <source>Confirmed by one person; a second, different person has to confirm too.</source>
            <translation>一人目が確認済みです。別の人による二人目の確認も必要です。</translation>
        </message>
        <message>
            <source>Confirmed without a signature; it has to be signed.</source>
            <translation>署名なしで確認されています。署名付きの確認が必要です。</translation>
        </message>
        <message>
            <source>not staged yet</source>
            <translation>まだ加工していません</translation>
        </message>
        <message>
            <source>Left in with a reason</source>
            <translation>理由を付けて残したもの</translation>
        </message>
        <message>
            <source>%1, %2: %3</source>
            <translation>%1・%2：%3</translation>
        </message>
        <message numerus="yes">
            <source>and %n more, see the decisions</source>
            <translation>
                <numerusform>ほか %n 件（判断の画面で見られます）</numerusform>
            </translation>
        </message>
        <message>
            <source>All pictures of the video were coded anew</source>
            <translation>動画の全画像を再符号化しました</translation>
        </message>
        <message>
            <source>pieces of it did not hold: look through all of it</source>
            <translation>一部だけの書き換えが検証に通りませんでした。全体を確認してください</translation>
        </message>
        <message>
            <source>The sound was coded anew, silent in ranges</source>
            <translation>音声を再符号化し、指定区間を無音にしました</translation>
        </message>
        <message>
            <source>the rest of it can be heard</source>
            <translation>残りの音声は聞こえます</translation>
        </message>
        <message>
            <source>Voxels of the region that are still there</source>
            <translation>除去範囲に残っている画素</translation>
        </message>
    </context>
    <context>
        <name>ConfirmScreen</name>
        <message>
            <source>Confirm by eye</source>
            <translation>目視確認</translation>
        </message>
        <message>
            <source>Unconfirmed first</source>
            <translation>未確認を先に</translation>
        </message>
        <message>
            <source>By subject</source>
            <translation>対象者別</translation>
        </message>
        <message>
            <source>Order</source>
            <translation>並び順</translation>
        </message>
        <message>
            <source>Data to confirm</source>
            <translation>確認するデータ</translation>
        </message>
        <message>
            <source>After only</source>
            <translation>加工後のみ</translation>
        </message>
        <message>
            <source>Side by side</source>
            <translation>並べて</translation>
        </message>
        <message>
            <source>Swipe</source>
            <translation>スワイプ</translation>
        </message>
        <message>
            <source>Flicker</source>
            <translation>交互</translation>
        </message>
        <message>
            <source>All pictures (V)</source>
            <translation>全画像（V）</translation>
        </message>
        <message>
            <source>All pictures after processing; the eye marks those that were on the screen</source>
            <translation>加工後の全画像。目の印は画面に表示した画像</translation>
        </message>
        <message>
            <source>Nothing to confirm here yet. Decide, then stage; staged data appear in the list.</source>
            <translation>確認するデータはまだありません。判断して加工すると、一覧に現れます。</translation>
        </message>
        <message>
            <source>Scroll to the end to confirm: %1 % was on the screen.</source>
            <translation>最後まで表示すると確認できます（表示 %1 %）。</translation>
        </message>
        <message>
            <source>shown %1 of %2</source>
            <translation>表示 %1 / %2</translation>
        </message>
        <message numerus="yes">
            <source>%n more picture(s) to be shown before you can confirm.</source>
            <translation>
                <numerusform>あと %n 枚を表示すると確認できます。</numerusform>
            </translation>
        </message>
        <message>
            <source>This kind of data cannot be shown yet; take it out of the release under Decide.</source>
            <translation>この種類はまだ表示できません。「判断」で書き出しから除外してください。</translation>
        </message>
        <message>
            <source>confirmed</source>
            <translation>確認済</translation>
        </message>
        <message>
            <source>sent back</source>
            <translation>差し戻し</translation>
        </message>
        <message>
            <source>waits for staging</source>
            <translation>再加工待ち</translation>
        </message>
        <message numerus="yes">
            <source>%n picture(s)</source>
            <translation>
                <numerusform>%n 枚</numerusform>
            </translation>
        </message>
        <message>
            <source>to be looked at</source>
            <translation>未確認</translation>
        </message>
        <message>
            <source>%1 of %2 confirmed</source>
            <translation>%1 / %2 件 確認済</translation>
        </message>
        <message>
            <source>sent back %1・waiting for staging %2</source>
            <translation>差し戻し %1・再加工待ち %2</translation>
        </message>
        <message>
            <source>Write in a note what has to be put right, then send back.</source>
            <translation>直すべき点を注記に書いてから差し戻してください。</translation>
        </message>
        <message>
            <source>Confirm this data</source>
            <translation>このデータを確認する</translation>
        </message>
        <message>
            <source>Send back…</source>
            <translation>差し戻す…</translation>
        </message>
        <message>
            <source>Next data</source>
            <translation>次のデータ</translation>
        </message>
        <message>
            <source>Previous data</source>
            <translation>前のデータ</translation>
        </message>
        <message>
            <source>Look on</source>
            <translation>先を見る</translation>
        </message>
        <message>
            <source>Look back</source>
            <translation>戻って見る</translation>
        </message>
        <message>
            <source>Next picture</source>
            <translation>次の画像</translation>
        </message>
        <message>
            <source>Previous picture</source>
            <translation>前の画像</translation>
        </message>
        <message>
            <source>Before / after</source>
            <translation>加工前／加工後</translation>
        </message>
        <message>
            <source>All pictures</source>
            <translation>全画像</translation>
        </message>
        <message>
            <source>Attributes</source>
            <translation>属性</translation>
        </message>
        <message>
            <source>Attributes (T)</source>
            <translation>属性（T）</translation>
        </message>
        <message>
            <source>Surface before and after</source>
            <translation>表面の加工前・加工後</translation>
        </message>
        <message>
            <source>Surface (F)</source>
            <translation>表面 (F)</translation>
        </message>
        <message>
            <source>detected %1</source>
            <translation>検出 %1</translation>
        </message>
        <message>
            <source>waits for a second person</source>
            <translation>二人目の確認待ち</translation>
        </message>
        <message>
            <source>%1 · signing key %2</source>
            <translation>%1・署名鍵 %2</translation>
        </message>
        <message>
            <source>waits for a signature</source>
            <translation>署名待ち</translation>
        </message>
        <message>
            <source>Being read; it can be confirmed once it has been on the screen.</source>
            <translation>読み込んでいます。画面に出るまで確認できません。</translation>
        </message>
        <message>
            <source>Its attributes leave with it: open them once (T, or go on with Space) to confirm.</source>
            <translation>属性も一緒に出力されます。確認するには一度開いてください（T、または Space で進む）。</translation>
        </message>
    </context>
    <context>
        <name>ConfirmingPage</name>
        <message>
            <source>Only signed confirmations count</source>
            <translation>署名された確認だけを有効とする</translation>
        </message>
        <message>
            <source>Confirmations, overrulings, reasons and the release are accepted only of somebody who is signed in with a key of their own. What was confirmed without one has to be looked at again.</source>
            <translation>確認、検査結果の取り下げ、理由の記録、書き出しは、本人の鍵でサインインした人だけが行えます。鍵なしで行った確認は、もう一度目視する必要があります。</translation>
        </message>
        <message>
            <source>A second, different person confirms too</source>
            <translation>別の人がもう一度確認する</translation>
        </message>
        <message>
            <source>Data of these kinds are released only when two people looked at the same bytes.</source>
            <translation>次の種類のデータは、二人が同じバイト列を目視したときだけ払い出せます。</translation>
        </message>
        <message>
            <source>The guideline asks that what may identify people is looked for by eye (5.2.2, 5.3.2, 5.4.2); it names neither keys nor a second person. These are rules of the site, checked before release. Who changed them, and when, stands in the audit log.</source>
            <translation>ガイドラインは識別につながる記述等の目視による確認を求めています（5.2.2、5.3.2、5.4.2）が、鍵や二人目については定めていません。ここは施設の規則で、書き出しの前に点検されます。誰がいつ変更したかは監査ログに残ります。</translation>
        </message>
    </context>
    <context>
        <name>ContactSheet</name>
        <message>
            <source>All pictures of this series</source>
            <translation>この系列の全画像</translation>
        </message>
    </context>
    <context>
        <name>DestinationPanel</name>
        <message>
            <source>Folder in which the release is made</source>
            <translation>書き出し先のフォルダ</translation>
        </message>
        <message>
            <source>Choose a folder that does not exist yet.</source>
            <translation>まだ存在しないフォルダを指定してください。</translation>
        </message>
        <message>
            <source>This folder exists already. A release needs a new one.</source>
            <translation>このフォルダはすでにあります。新しいフォルダを指定してください。</translation>
        </message>
        <message>
            <source>The folder above does not exist or cannot be written to.</source>
            <translation>上位のフォルダが無いか、書き込めません。</translation>
        </message>
        <message>
            <source>%1 free</source>
            <translation>空き %1</translation>
        </message>
        <message>
            <source>Release to</source>
            <translation>書き出し先</translation>
        </message>
        <message>
            <source>Browse…</source>
            <translation>参照…</translation>
        </message>
        <message>
            <source>Release (the confirmed bytes, as they are)</source>
            <translation>書き出す（確認したバイト列をそのまま複写）</translation>
        </message>
    </context>
    <context>
        <name>DetailPanel</name>
        <message>
            <source>No finding selected</source>
            <translation>候補が選択されていません</translation>
        </message>
        <message>
            <source>%1 (suggested)</source>
            <translation>%1（提案）</translation>
        </message>
        <message>
            <source>%1 by %2, %3</source>
            <translation>%1　%2　%3</translation>
        </message>
        <message>
            <source>Reason (needed to reject a required finding)</source>
            <translation>却下する理由（必須項目の却下には記入が必要）</translation>
        </message>
        <message>
            <source>Reason (needed to keep the surface of a face)</source>
            <translation>理由（顔面の表面情報の保持には記入が必要）</translation>
        </message>
        <message>
            <source>Reason (optional)</source>
            <translation>理由（任意）</translation>
        </message>
        <message>
            <source>Accept %1</source>
            <translation>%1 件に確定</translation>
        </message>
        <message>
            <source>Accept</source>
            <translation>確定</translation>
        </message>
        <message>
            <source>Write a reason: a required finding is left as it is.</source>
            <translation>必須の候補を加工せずに残します。理由を書いてください。</translation>
        </message>
        <message>
            <source>Write a reason: the surface of a face is kept only by a judgement (Guideline 5.4.4).</source>
            <translation>顔面の表面情報の保持には判断の理由が必要です（ガイドライン 5.4.4）。理由を書いてください。</translation>
        </message>
        <message>
            <source>Value</source>
            <translation>値</translation>
        </message>
        <message>
            <source>Rule</source>
            <translation>規則</translation>
        </message>
        <message>
            <source>Origin</source>
            <translation>根拠</translation>
        </message>
        <message>
            <source>Confidence</source>
            <translation>確信度</translation>
        </message>
        <message>
            <source>Action</source>
            <translation>加工</translation>
        </message>
        <message>
            <source>Result</source>
            <translation>結果</translation>
        </message>
        <message>
            <source>State</source>
            <translation>状態</translation>
        </message>
        <message>
            <source>e.g. a method, not a person</source>
            <translation>例：人名ではなく手技名</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>理由</translation>
        </message>
        <message>
            <source>Remove this finding (made by hand)</source>
            <translation>この候補を取り消す（手動で追加）</translation>
        </message>
        <message>
            <source>Reject…</source>
            <translation>却下…</translation>
        </message>
        <message>
            <source>Change…</source>
            <translation>変更…</translation>
        </message>
        <message>
            <source>Accept the finding</source>
            <translation>候補を確定</translation>
        </message>
        <message>
            <source>Reject the finding</source>
            <translation>候補を却下</translation>
        </message>
        <message>
            <source>Change the action</source>
            <translation>加工を変更</translation>
        </message>
        <message>
            <source>suggested</source>
            <translation>提案</translation>
        </message>
        <message numerus="yes">
            <source>%n mask(s) are drawn. Accept when they cover everything that tells who it is.</source>
            <translation>
                <numerusform>マスクが %n 件あります。本人を示すものをすべて覆っていれば確定してください。</numerusform>
            </translation>
        </message>
        <message>
            <source>Look at the pictures and draw a mask over everything that tells who it is. Is there nothing? Reject with a reason. Left open, the pictures come out black.</source>
            <translation>画像を見て、本人を示すものすべてにマスクを描いてください。何もなければ理由を書いて却下します。未判断のままでは画像全体が黒塗りになります。</translation>
        </message>
        <message>
            <source>Masked</source>
            <translation>マスク済み</translation>
        </message>
        <message numerus="yes">
            <source>%n mask(s) are proposed. Accept those that are right, draw what they miss, then accept this; or reject with a reason.</source>
            <translation>
                <numerusform>マスクの候補が %n 件あります。正しいものを確定し、足りない所を描いてから、この項目を確定してください。不要なら理由を書いて却下します。</numerusform>
            </translation>
        </message>
        <message>
            <source>Silence in parts</source>
            <translation>一部を無音にする</translation>
        </message>
    </context>
    <context>
        <name>ExaminePanel</name>
        <message>
            <source>≠ %1… changed since</source>
            <translation>≠ %1… 抽出後に変更</translation>
        </message>
        <message>
            <source>%1… as confirmed</source>
            <translation>%1… 確認時と一致</translation>
        </message>
        <message>
            <source>%1, %2: %3 of %4 shown%5</source>
            <translation>%1、%2: %4 のうち %3 を表示%5</translation>
        </message>
        <message>
            <source>, signed</source>
            <translation>、署名あり</translation>
        </message>
        <message>
            <source>This cannot be shown. Judge it as unsure, and say so in the note.</source>
            <translation>表示できません。「判断保留」とし、注記に書いてください。</translation>
        </message>
        <message>
            <source>Your judgement</source>
            <translation>あなたの判定</translation>
        </message>
        <message>
            <source>Leak: something does (L)</source>
            <translation>漏れあり: 識別できる (L)</translation>
        </message>
        <message>
            <source>Unsure: second opinion (S)</source>
            <translation>判断保留: 他の人の意見を聞く (S)</translation>
        </message>
        <message>
            <source>Note (needed for a leak)</source>
            <translation>注記 (漏れには必須)</translation>
        </message>
        <message>
            <source>Who confirmed it</source>
            <translation>確認した人</translation>
        </message>
        <message>
            <source>Record and next  (Enter)</source>
            <translation>記録して次へ  (Enter)</translation>
        </message>
        <message>
            <source>Draw a sample, then look at one thing after another.</source>
            <translation>標本を抽出し、一件ずつ見てください。</translation>
        </message>
        <message>
            <source>Judge clean</source>
            <translation>問題なしと判定</translation>
        </message>
        <message>
            <source>Judge a leak</source>
            <translation>漏れありと判定</translation>
        </message>
        <message>
            <source>Judge unsure</source>
            <translation>判断保留と判定</translation>
        </message>
        <message>
            <source>Record the judgement</source>
            <translation>判定を記録</translation>
        </message>
        <message>
            <source>Clean: identifies nobody (C)</source>
            <translation>問題なし: 誰も特定しない (C)</translation>
        </message>
    </context>
    <context>
        <name>Face</name>
        <message numerus="yes">
            <source>%n pictures</source>
            <translation>
                <numerusform>%n枚</numerusform>
            </translation>
        </message>
        <message>
            <source>Taken out of the release</source>
            <translation>対象から除外</translation>
        </message>
        <message>
            <source>Kept with a reason, %1</source>
            <translation>保持・理由あり・%1</translation>
        </message>
        <message>
            <source>Removed and checked, %1</source>
            <translation>除去・検査済み・%1</translation>
        </message>
        <message>
            <source>Removed, %1</source>
            <translation>除去・%1</translation>
        </message>
        <message>
            <source>Removed, but the check after processing speaks against it</source>
            <translation>除去したが、加工後の検査で問題あり</translation>
        </message>
        <message>
            <source>Not judged by views: look yourself</source>
            <translation>検出器では未判定・目で確認してください</translation>
        </message>
        <message>
            <source>Detected %1, unclear</source>
            <translation>検出 %1・不明瞭</translation>
        </message>
        <message>
            <source>Detected %1, the whole face</source>
            <translation>検出 %1・顔面全体</translation>
        </message>
        <message>
            <source>Detected %1, part of the face</source>
            <translation>検出 %1・顔面の一部</translation>
        </message>
        <message>
            <source>To be judged</source>
            <translation>要判断</translation>
        </message>
        <message>
            <source>Kept</source>
            <translation>保持</translation>
        </message>
        <message>
            <source>Removed</source>
            <translation>除去</translation>
        </message>
        <message>
            <source>Still seen</source>
            <translation>まだ見える</translation>
        </message>
        <message>
            <source>Taken out</source>
            <translation>対象外</translation>
        </message>
        <message>
            <source>forehead</source>
            <translation>額</translation>
        </message>
        <message>
            <source>eyes</source>
            <translation>目</translation>
        </message>
        <message>
            <source>nose</source>
            <translation>鼻</translation>
        </message>
        <message>
            <source>mouth</source>
            <translation>口</translation>
        </message>
        <message>
            <source>chin</source>
            <translation>顎</translation>
        </message>
        <message>
            <source>ears</source>
            <translation>耳</translation>
        </message>
        <message>
            <source>No tissue stands out from the background.</source>
            <translation>背景から区別できる組織がありません。</translation>
        </message>
        <message>
            <source>The field of view lies inside the body: no skin is imaged.</source>
            <translation>撮像範囲が体内のみで、皮膚が写っていません。</translation>
        </message>
        <message>
            <source>What is imaged is too small for a head.</source>
            <translation>写っているものが頭部としては小さすぎます。</translation>
        </message>
        <message>
            <source>The forehead does not lie wholly in the field of view.</source>
            <translation>額の一部または全部が撮像範囲の外です。</translation>
        </message>
        <message>
            <source>The eyes do not lie wholly in the field of view.</source>
            <translation>目の一部または全部が撮像範囲の外です。</translation>
        </message>
        <message>
            <source>The nose does not lie wholly in the field of view.</source>
            <translation>鼻の一部または全部が撮像範囲の外です。</translation>
        </message>
        <message>
            <source>The mouth does not lie wholly in the field of view.</source>
            <translation>口の一部または全部が撮像範囲の外です。</translation>
        </message>
        <message>
            <source>The chin does not lie wholly in the field of view.</source>
            <translation>顎の一部または全部が撮像範囲の外です。</translation>
        </message>
        <message>
            <source>Nothing of the face's skin was imaged.</source>
            <translation>顔面の皮膚が写っていません。</translation>
        </message>
        <message>
            <source>The face is not where the header says; the views were turned.</source>
            <translation>顔の向きがヘッダーの記載と異なるため、視点を回して判定しました。</translation>
        </message>
        <message>
            <source>The slices are too thick to show a face well.</source>
            <translation>スライスが厚く、顔面が十分に現れません。</translation>
        </message>
        <message>
            <source>The model of faces is missing: nothing was detected.</source>
            <translation>顔検出モデルがないため、検出していません。</translation>
        </message>
        <message>
            <source>No head was found in the volume.</source>
            <translation>ボリュームに頭部が見つかりません。</translation>
        </message>
        <message>
            <source>Near the brain less was taken: the margin keeps it.</source>
            <translation>脳に近い部分は、安全余白のため浅く除去します。</translation>
        </message>
        <message>
            <source>No face was seen: the mask lies where the header says that it is.</source>
            <translation>顔は検出されませんでした。マスクはヘッダーの示す顔の位置に置いています。</translation>
        </message>
        <message>
            <source>After this removal something like a face may still be seen: look at it, edit the region.</source>
            <translation>除去後も顔に似た形が検出されるおそれがあります。表示を確かめ、範囲を編集してください。</translation>
        </message>
        <message>
            <source>The face that was seen before is no longer where it was.</source>
            <translation>加工前に検出された顔は、元の位置にありません。</translation>
        </message>
        <message>
            <source>Not processed yet.</source>
            <translation>まだ加工していません。</translation>
        </message>
        <message>
            <source>Slices are missing; they were filled from their neighbours.</source>
            <translation>欠けたスライスを隣から補っています。</translation>
        </message>
        <message>
            <source>Slices come twice; one of each was taken.</source>
            <translation>重複したスライスは一方だけを使っています。</translation>
        </message>
        <message>
            <source>The slices are unevenly spaced.</source>
            <translation>スライスの間隔が一定ではありません。</translation>
        </message>
        <message>
            <source>The gantry was tilted.</source>
            <translation>ガントリーが傾いています。</translation>
        </message>
        <message>
            <source>There is only one slice: no surface.</source>
            <translation>スライスが1枚のため、表面を作れません。</translation>
        </message>
        <message>
            <source>The slices do not say where they lie: no surface.</source>
            <translation>スライスの位置が記録されていないため、表面を作れません。</translation>
        </message>
        <message>
            <source>The slices do not lie in a row: no surface.</source>
            <translation>スライスが一列に並んでいないため、表面を作れません。</translation>
        </message>
        <message>
            <source>No face seen</source>
            <translation>顔は検出されず</translation>
        </message>
    </context>
    <context>
        <name>FacePanel</name>
        <message>
            <source>Enter your name under Settings first: it is recorded with the judgement.</source>
            <translation>先に「設定」で氏名を入力してください。判断とともに記録されます。</translation>
        </message>
        <message>
            <source>Write why the face may stay and with which other descriptions it goes.</source>
            <translation>保持してよい理由と、組み合わさる他の記述等を書いてください。</translation>
        </message>
        <message>
            <source>Write why the images are taken out.</source>
            <translation>対象から外す理由を書いてください。</translation>
        </message>
        <message>
            <source>See in Risk</source>
            <translation>リスクで見る</translation>
        </message>
        <message>
            <source>Face detector: before %1, after %2</source>
            <translation>顔検出器：加工前 %1 → 加工後 %2</translation>
        </message>
        <message>
            <source>Face detector: %1</source>
            <translation>顔検出器：%1</translation>
        </message>
        <message numerus="yes">
            <source>Highest of %n views; a face from %1 on.</source>
            <translation>
                <numerusform>%n視点の最大値。しきい値 %1</numerusform>
            </translation>
        </message>
        <message>
            <source>The face detector looked at no view.</source>
            <translation>顔検出器はどの視点も判定していません。</translation>
        </message>
        <message>
            <source>Fineness of the surface: slices of %1 mm</source>
            <translation>表面の細かさ：%1 mm 厚</translation>
        </message>
        <message>
            <source>Parts of the face</source>
            <translation>顔面の部位</translation>
        </message>
        <message>
            <source>Imaged: %1</source>
            <translation>写っている部位：%1</translation>
        </message>
        <message>
            <source>, </source>
            <translation>、</translation>
        </message>
        <message>
            <source>Singled out by other descriptions</source>
            <translation>他の記述等の組み合わせで特定のおそれあり</translation>
        </message>
        <message>
            <source>Not singled out by other descriptions</source>
            <translation>他の記述等の組み合わせでは特定されない</translation>
        </message>
        <message>
            <source>By the combinations that remain after processing (5.6).</source>
            <translation>加工後に残る組み合わせによる (5.6)</translation>
        </message>
        <message>
            <source>Purpose: %1</source>
            <translation>利用目的：%1</translation>
        </message>
        <message>
            <source>Does it need the soft tissue of the face?</source>
            <translation>顔面の軟部組織は必要ですか</translation>
        </message>
        <message>
            <source>Checked after processing: no face is seen</source>
            <translation>加工後の検査：顔は検出されません</translation>
        </message>
        <message numerus="yes">
            <source>Checked after processing: a face is still seen in %n views</source>
            <translation>
                <numerusform>加工後の検査：%n視点でまだ顔が検出されます</numerusform>
            </translation>
        </message>
        <message>
            <source>Checked after processing: it could not be judged well</source>
            <translation>加工後の検査：十分に判定できませんでした</translation>
        </message>
        <message>
            <source>Surface moved by %1 mm on average, %2 mm at most; %3 voxels changed behind the margin.</source>
            <translation>表面の移動 平均 %1 mm・最大 %2 mm。安全余白より内側の変化 %3 画素</translation>
        </message>
        <message>
            <source>Overruled by %1</source>
            <translation>%1 が検査結果を覆しました</translation>
        </message>
        <message>
            <source>The voxels of the face are destroyed.</source>
            <translation>顔面の画素を破壊します</translation>
        </message>
        <message>
            <source>Proposed: other descriptions single the person out.</source>
            <translation>提案：組み合わせで特定のおそれがあるため</translation>
        </message>
        <message>
            <source>Proposed by the policy.</source>
            <translation>方針による提案</translation>
        </message>
        <message>
            <source>Judged by %1, %2</source>
            <translation>判断者：%1　%2</translation>
        </message>
        <message>
            <source>Judged by %1</source>
            <translation>判断者：%1</translation>
        </message>
        <message>
            <source>Confirm: keep</source>
            <translation>保持で確定</translation>
        </message>
        <message>
            <source>Confirm: remove</source>
            <translation>除去で確定</translation>
        </message>
        <message>
            <source>Confirm: take out</source>
            <translation>対象外で確定</translation>
        </message>
        <message>
            <source>Guideline %1: %2. Requirement: %3. Asked for: %4</source>
            <translation>ガイドライン %1：%2。要否：%3。求められる措置：%4</translation>
        </message>
        <message>
            <source>Judgement of the face</source>
            <translation>顔貌の判断</translation>
        </message>
        <message>
            <source>&lt;b&gt;Guideline 5.4.4&lt;/b&gt;  A surface that does not identify a person by itself is a quasi-identifier; no special processing such as removal is needed unless it identifies one together with other descriptions.</source>
            <translation>&lt;b&gt;ガイドライン 5.4.4&lt;/b&gt;　表面情報のみから特定の個人を識別できない場合は準識別子に相当し、他の記述等との組み合わせで識別できない限り、除去などの特殊な加工は不要。</translation>
        </message>
        <message>
            <source>The rule</source>
            <translation>規則</translation>
        </message>
        <message>
            <source>Evidence</source>
            <translation>根拠</translation>
        </message>
        <message>
            <source>Judgement</source>
            <translation>判断</translation>
        </message>
        <message>
            <source>Keep as a quasi-identifier</source>
            <translation>準識別子として保持</translation>
        </message>
        <message>
            <source>A reason is needed.</source>
            <translation>理由が必要です</translation>
        </message>
        <message>
            <source>Remove the face</source>
            <translation>顔貌を除去</translation>
        </message>
        <message>
            <source>Take the images out of the release</source>
            <translation>画像ごと対象から外す</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>理由</translation>
        </message>
        <message>
            <source>Example: month of birth and sex remain; 12 people share them. The study needs the soft tissue.</source>
            <translation>例：残る生年月と性別は12名に共通。研究に軟部組織が必要。</translation>
        </message>
        <message>
            <source>Holds for</source>
            <translation>適用する範囲</translation>
        </message>
        <message>
            <source>This series and those of its frame of reference</source>
            <translation>この系列と同じ座標系の系列</translation>
        </message>
        <message>
            <source>All heads of this subject</source>
            <translation>この対象者の頭部画像すべて</translation>
        </message>
        <message>
            <source>Later</source>
            <translation>後で</translation>
        </message>
    </context>
    <context>
        <name>FaceScreen</name>
        <message>
            <source>Faces</source>
            <translation>顔貌</translation>
        </message>
        <message>
            <source>Heads whose face is judged</source>
            <translation>顔貌を判断する頭部</translation>
        </message>
        <message>
            <source>To be judged first</source>
            <translation>要判断を先に</translation>
        </message>
        <message>
            <source>By subject</source>
            <translation>対象者順</translation>
        </message>
        <message>
            <source>By detection</source>
            <translation>検出値順</translation>
        </message>
        <message>
            <source>Order</source>
            <translation>並び順</translation>
        </message>
        <message>
            <source>Next head</source>
            <translation>次の頭部</translation>
        </message>
        <message>
            <source>Previous head</source>
            <translation>前の頭部</translation>
        </message>
        <message>
            <source>Keep the face</source>
            <translation>顔貌を保持</translation>
        </message>
        <message>
            <source>Remove the face</source>
            <translation>顔貌を除去</translation>
        </message>
        <message>
            <source>Confirm the judgement</source>
            <translation>判断を確定</translation>
        </message>
        <message>
            <source>Judge this head later</source>
            <translation>この頭部は後で判断</translation>
        </message>
        <message>
            <source>Turn the head round</source>
            <translation>頭部を回転</translation>
        </message>
        <message>
            <source>Lower the skin threshold</source>
            <translation>皮膚のしきい値を下げる</translation>
        </message>
        <message>
            <source>Raise the skin threshold</source>
            <translation>皮膚のしきい値を上げる</translation>
        </message>
        <message>
            <source>Change the comparison</source>
            <translation>比較のしかたを変える</translation>
        </message>
        <message>
            <source>View: %1</source>
            <translation>見え方：%1</translation>
        </message>
        <message>
            <source>Outside the removed region every voxel stays as it is</source>
            <translation>除去範囲の外の画素はビット単位で不変</translation>
        </message>
        <message>
            <source>%1, %2 to judge</source>
            <translation>%1 件・要判断 %2</translation>
        </message>
        <message>
            <source>Judged %1: removed %2, kept %3</source>
            <translation>判断済 %1：除去 %2・保持 %3</translation>
        </message>
        <message>
            <source>No head with a face to be judged. Heads of CT and MR are listed once candidates have been searched for.</source>
            <translation>顔貌を判断する頭部はありません。候補検出の後に、CT・MRの頭部が表示されます。</translation>
        </message>
        <message>
            <source>Reading the volume…</source>
            <translation>ボリュームを読み込み中…</translation>
        </message>
        <message>
            <source>The surface cannot be shown. %1</source>
            <translation>表面を表示できません。%1</translation>
        </message>
        <message>
            <source>Nothing can be proposed. %1</source>
            <translation>除去範囲を提案できません。%1</translation>
        </message>
        <message>
            <source>The region was edited by hand.</source>
            <translation>除去範囲は手で編集されています。</translation>
        </message>
        <message>
            <source>Edit the removed region</source>
            <translation>除去範囲の編集</translation>
        </message>
        <message>
            <source>Take images out of the release</source>
            <translation>画像を対象から外す</translation>
        </message>
        <message>
            <source>Take images back in</source>
            <translation>画像を対象に戻す</translation>
        </message>
    </context>
    <context>
        <name>FaceViewer</name>
        <message>
            <source>Before</source>
            <translation>加工前</translation>
        </message>
        <message>
            <source>After</source>
            <translation>加工後</translation>
        </message>
        <message>
            <source>%1 / %2</source>
            <translation>%1 / %2</translation>
        </message>
        <message>
            <source>Side by side</source>
            <translation>並べて</translation>
        </message>
        <message>
            <source>Swipe</source>
            <translation>スワイプ</translation>
        </message>
        <message>
            <source>Flicker</source>
            <translation>交互</translation>
        </message>
        <message>
            <source>Link views</source>
            <translation>視点を連動</translation>
        </message>
        <message>
            <source>Both sides are seen from the same place.</source>
            <translation>両側を同じ視点から見ます。</translation>
        </message>
        <message>
            <source>Skin threshold</source>
            <translation>皮膚のしきい値</translation>
        </message>
        <message>
            <source>Depth</source>
            <translation>除去の深さ</translation>
        </message>
        <message>
            <source>Depth of the removal in millimetres</source>
            <translation>除去の深さ（mm）</translation>
        </message>
        <message>
            <source>How far below the skin the face is taken off.</source>
            <translation>皮膚からどの深さまで顔貌を除去するか。</translation>
        </message>
        <message>
            <source>Inside</source>
            <translation>透過</translation>
        </message>
        <message>
            <source>The skin is seen through.</source>
            <translation>皮膚を透かして内部を見ます。</translation>
        </message>
        <message>
            <source>Skin tone</source>
            <translation>肌色</translation>
        </message>
        <message>
            <source>Skin tone instead of a neutral grey.</source>
            <translation>中立の灰色の代わりに肌の色で表示します。</translation>
        </message>
        <message>
            <source>Distance</source>
            <translation>移動量</translation>
        </message>
        <message>
            <source>Colours show how far the new surface lies from the old one.</source>
            <translation>新しい表面が元の表面からどれだけ離れたかを色で示します。</translation>
        </message>
        <message>
            <source>Turn</source>
            <translation>回転</translation>
        </message>
        <message>
            <source>Turns the head round (R)</source>
            <translation>頭部を回転させます (R)</translation>
        </message>
        <message>
            <source>Standard views, large by keys 1 to 6</source>
            <translation>標準の見え方（1～6 キーで大きく表示）</translation>
        </message>
        <message>
            <source>Direction of the slices</source>
            <translation>断面の方向</translation>
        </message>
        <message>
            <source>Axial</source>
            <translation>体軸断</translation>
        </message>
        <message>
            <source>Sagittal</source>
            <translation>矢状断</translation>
        </message>
        <message>
            <source>Coronal</source>
            <translation>冠状断</translation>
        </message>
        <message>
            <source>Look and turn</source>
            <translation>見る・回す</translation>
        </message>
        <message>
            <source>Add to what is removed</source>
            <translation>除去範囲に追加</translation>
        </message>
        <message>
            <source>Cut from what is removed</source>
            <translation>除去範囲から削る</translation>
        </message>
        <message>
            <source>Editing the region that is removed</source>
            <translation>除去範囲の編集</translation>
        </message>
        <message>
            <source>Radius of the brush</source>
            <translation>ブラシの半径</translation>
        </message>
        <message>
            <source>next, previous</source>
            <translation>次・前</translation>
        </message>
        <message>
            <source>keep</source>
            <translation>保持</translation>
        </message>
        <message>
            <source>remove</source>
            <translation>除去</translation>
        </message>
        <message>
            <source>confirm</source>
            <translation>確定</translation>
        </message>
        <message>
            <source>turn by 15°</source>
            <translation>15°回す</translation>
        </message>
        <message>
            <source>threshold</source>
            <translation>しきい値</translation>
        </message>
        <message>
            <source>comparison</source>
            <translation>比較</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>paint in the middle</source>
            <translation>中央に塗る</translation>
        </message>
        <message>
            <source>Region</source>
            <translation>除去範囲</translation>
        </message>
        <message>
            <source>What is removed is shown in colour on the surface.</source>
            <translation>除去する範囲を表面に色で示します。</translation>
        </message>
        <message>
            <source>detected %1</source>
            <translation>検出 %1</translation>
        </message>
        <message>
            <source>After processing</source>
            <translation>加工後</translation>
        </message>
        <message>
            <source>After (if the face is removed)</source>
            <translation>加工後（顔貌を除去した場合）</translation>
        </message>
        <message>
            <source>Computing what the removal takes…</source>
            <translation>除去範囲を計算中…</translation>
        </message>
    </context>
    <context>
        <name>FatePanel</name>
        <message>
            <source>Destroy promptly after release (recommended)</source>
            <translation>書き出し後、速やかに消去する（推奨）</translation>
        </message>
        <message>
            <source>Correspondence table, key of replacements, date shifts and original values are erased; only the record of the erasure stays. There is no way back.</source>
            <translation>対応表・置換の鍵・日付のずらし幅・元の値を消去し、消去の記録だけを残します。元に戻せません。</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>理由</translation>
        </message>
        <message>
            <source>For example: to answer questions about adverse events</source>
            <translation>例：有害事象の照会に備える</translation>
        </message>
        <message>
            <source>Reason for keeping the deleted information</source>
            <translation>削除情報等を保管する理由</translation>
        </message>
        <message>
            <source>Until</source>
            <translation>期限</translation>
        </message>
        <message>
            <source>Day until which the deleted information is kept</source>
            <translation>削除情報等を保管する期限</translation>
        </message>
        <message>
            <source>Keep sealed until a day</source>
            <translation>暗号化して期日まで保管する</translation>
        </message>
        <message>
            <source>Only for a particular reason. It is written beside the workspace, encrypted under a passphrase; reason and day are recorded in the log and in the report.</source>
            <translation>特段の理由がある場合に限ります。パスフレーズで暗号化してワークスペースの隣に書き出し、理由と期日を記録と報告書に残します。</translation>
        </message>
    </context>
    <context>
        <name>Fields</name>
        <message>
            <source>Sex</source>
            <translation>性別</translation>
        </message>
        <message>
            <source>Age</source>
            <translation>年齢</translation>
        </message>
        <message>
            <source>Date of birth</source>
            <translation>生年月日</translation>
        </message>
        <message>
            <source>Month of birth</source>
            <translation>生年月</translation>
        </message>
        <message>
            <source>Municipality</source>
            <translation>市区町村</translation>
        </message>
        <message>
            <source>Region</source>
            <translation>地域</translation>
        </message>
        <message>
            <source>Country</source>
            <translation>国</translation>
        </message>
        <message>
            <source>Postal code</source>
            <translation>郵便番号</translation>
        </message>
        <message>
            <source>Occupation</source>
            <translation>職業</translation>
        </message>
        <message>
            <source>Affiliation</source>
            <translation>所属</translation>
        </message>
        <message>
            <source>Facility</source>
            <translation>医療機関</translation>
        </message>
        <message>
            <source>Ethnic group</source>
            <translation>民族</translation>
        </message>
        <message>
            <source>Height</source>
            <translation>身長</translation>
        </message>
        <message>
            <source>Weight</source>
            <translation>体重</translation>
        </message>
        <message>
            <source>Religion</source>
            <translation>宗教</translation>
        </message>
        <message>
            <source>female</source>
            <translation>女</translation>
        </message>
        <message>
            <source>male</source>
            <translation>男</translation>
        </message>
        <message>
            <source>Examination date</source>
            <translation>検査日</translation>
        </message>
        <message>
            <source>Facial surface</source>
            <translation>顔の表面</translation>
        </message>
        <message>
            <source>Chosen by a person</source>
            <translation>人が選んだ記述</translation>
        </message>
        <message>
            <source>kept</source>
            <translation>保持</translation>
        </message>
    </context>
    <context>
        <name>FilterChip</name>
        <message>
            <source>%1: %2</source>
            <translation>%1：%2</translation>
        </message>
    </context>
    <context>
        <name>FindBar</name>
        <message>
            <source>Find in the text</source>
            <translation>文書内を検索</translation>
        </message>
        <message>
            <source>Previous place</source>
            <translation>前の箇所</translation>
        </message>
        <message>
            <source>Next place</source>
            <translation>次の箇所</translation>
        </message>
        <message>
            <source>Close search</source>
            <translation>検索を閉じる</translation>
        </message>
        <message>
            <source>Not found</source>
            <translation>見つかりません</translation>
        </message>
    </context>
    <context>
        <name>FindingsPanel</name>
        <message>
            <source>%1 · %2 open</source>
            <translation>%1 件・未判断 %2</translation>
        </message>
        <message>
            <source>Findings</source>
            <translation>候補</translation>
        </message>
        <message>
            <source>Order of findings</source>
            <translation>候補の並び順</translation>
        </message>
        <message>
            <source>In text order</source>
            <translation>文書順</translation>
        </message>
        <message>
            <source>Most urgent first</source>
            <translation>急ぐ順</translation>
        </message>
        <message>
            <source>Show required findings that are open</source>
            <translation>必須の未判断を表示</translation>
        </message>
        <message>
            <source>Show recommended findings that are open</source>
            <translation>推奨の未判断を表示</translation>
        </message>
        <message>
            <source>Show findings to be judged</source>
            <translation>要判断を表示</translation>
        </message>
        <message>
            <source>Show findings that are decided</source>
            <translation>判断済みを表示</translation>
        </message>
        <message>
            <source>Required</source>
            <translation>必須</translation>
        </message>
        <message>
            <source>Recommended</source>
            <translation>推奨</translation>
        </message>
        <message>
            <source>Judge</source>
            <translation>要判断</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>判断済</translation>
        </message>
    </context>
    <context>
        <name>FrameBar</name>
        <message>
            <source>First picture</source>
            <translation>最初の画像</translation>
        </message>
        <message>
            <source>Previous picture</source>
            <translation>前の画像</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Play</source>
            <translation>再生</translation>
        </message>
        <message>
            <source>Next picture</source>
            <translation>次の画像</translation>
        </message>
        <message>
            <source>Last picture</source>
            <translation>最後の画像</translation>
        </message>
        <message>
            <source>Picture</source>
            <translation>画像</translation>
        </message>
        <message>
            <source>Mask: all pictures</source>
            <translation>マスク：全画像</translation>
        </message>
        <message>
            <source>Mask: %1–%2</source>
            <translation>マスク：%1～%2</translation>
        </message>
    </context>
    <context>
        <name>Gate</name>
        <message>
            <source>What the guideline requires, decided by a person</source>
            <translation>ガイドラインの必須項目を人が判断</translation>
        </message>
        <message>
            <source>UIDs that can be searched, faces: kept or processed, with a judgement</source>
            <translation>検索可能な UID・顔貌：保持か加工かの判断を記録</translation>
        </message>
        <message>
            <source>Replaced by a readable copy, or excluded with a reason</source>
            <translation>読めるものに差し替えるか、理由を付けて除外</translation>
        </message>
        <message>
            <source>Nothing was decided after processing</source>
            <translation>加工後に変わった判断がない</translation>
        </message>
        <message>
            <source>A person looked at the bytes that leave</source>
            <translation>書き出すバイト列そのものを人が目で見る</translation>
        </message>
        <message>
            <source>Every known identifier, in every encoding</source>
            <translation>既知の識別子をすべての文字コードで検索</translation>
        </message>
        <message>
            <source>Quasi-identifiers across data types (5.6)</source>
            <translation>データの種類をまたぐ準識別子（5.6）</translation>
        </message>
        <message>
            <source>What has to be specified and published before use</source>
            <translation>利用の前に特定し、公表する事項</translation>
        </message>
        <message>
            <source>Size and time of every source compared with the import</source>
            <translation>全元データの大きさと更新日時を取込時と照合</translation>
        </message>
        <message>
            <source>Every entry holds the digest of the one before</source>
            <translation>すべての記録が直前の記録のハッシュを含む</translation>
        </message>
        <message numerus="yes">
            <source>%n people</source>
            <translation>
                <numerusform>%n 名</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n fields</source>
            <translation>
                <numerusform>%n 項目</numerusform>
            </translation>
        </message>
        <message>
            <source>no data</source>
            <translation>データなし</translation>
        </message>
        <message numerus="yes">
            <source>%n data</source>
            <translation>
                <numerusform>%n 件</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n files</source>
            <translation>
                <numerusform>%n 件</numerusform>
            </translation>
        </message>
        <message>
            <source>broken</source>
            <translation>不整合</translation>
        </message>
        <message numerus="yes">
            <source>%n candidates</source>
            <translation>
                <numerusform>%n 件</numerusform>
            </translation>
        </message>
        <message>
            <source>Decide</source>
            <translation>判断</translation>
        </message>
        <message>
            <source>List</source>
            <translation>一覧</translation>
        </message>
        <message>
            <source>Process</source>
            <translation>再加工</translation>
        </message>
        <message>
            <source>Confirm</source>
            <translation>目視確認</translation>
        </message>
        <message>
            <source>Places found</source>
            <translation>該当箇所</translation>
        </message>
        <message>
            <source>Risk</source>
            <translation>リスク</translation>
        </message>
        <message>
            <source>Fill in</source>
            <translation>記入</translation>
        </message>
        <message>
            <source>Audit</source>
            <translation>監査</translation>
        </message>
        <message>
            <source>No person in two, no two in one (4.9)</source>
            <translation>1人が2人に分かれず、2人が1人に混ざらない（4.9）</translation>
        </message>
        <message numerus="yes">
            <source>%n doubts</source>
            <translation>
                <numerusform>%n 件</numerusform>
            </translation>
        </message>
        <message>
            <source>People</source>
            <translation>対象者</translation>
        </message>
        <message>
            <source>For the kinds of data that the rules name</source>
            <translation>規則が定める種類のデータについて</translation>
        </message>
        <message>
            <source>With the key of the person who looked, where the rules ask for it</source>
            <translation>規則が求める場合、確認した人の鍵で署名</translation>
        </message>
    </context>
    <context>
        <name>GateRow</name>
        <message>
            <source>met</source>
            <translation>適合</translation>
        </message>
    </context>
    <context>
        <name>HeadCompare</name>
        <message>
            <source>Reading the volume…</source>
            <translation>ボリュームを読み込み中…</translation>
        </message>
        <message>
            <source>Side by side</source>
            <translation>並べて</translation>
        </message>
        <message>
            <source>Swipe</source>
            <translation>スワイプ</translation>
        </message>
        <message>
            <source>Flicker</source>
            <translation>交互</translation>
        </message>
        <message>
            <source>Distance</source>
            <translation>移動量</translation>
        </message>
        <message>
            <source>Colours show how far the new surface lies from the old one.</source>
            <translation>新しい表面が元の表面からどれだけ離れたかを色で示します。</translation>
        </message>
        <message>
            <source>Turn</source>
            <translation>回転</translation>
        </message>
        <message>
            <source>Turns the head round (R)</source>
            <translation>頭部を回転させます (R)</translation>
        </message>
        <message>
            <source>Before</source>
            <translation>加工前</translation>
        </message>
        <message>
            <source>After processing</source>
            <translation>加工後</translation>
        </message>
    </context>
    <context>
        <name>HelpWindow</name>
        <message>
            <source>This page is missing from the installation.</source>
            <translation>このページが見つかりません。</translation>
        </message>
        <message>
            <source>Keyboard shortcuts</source>
            <translation>キーボード操作の一覧</translation>
        </message>
        <message>
            <source>Single letters act only while no text field has the focus.</source>
            <translation>1 文字のキーは、文字の入力欄を使っていないときに働きます。</translation>
        </message>
        <message>
            <source>Kamei help</source>
            <translation>Kamei ヘルプ</translation>
        </message>
        <message>
            <source>Pages</source>
            <translation>ページ</translation>
        </message>
        <message>
            <source>First steps</source>
            <translation>はじめに</translation>
        </message>
        <message>
            <source>The eight steps</source>
            <translation>8 つの手順</translation>
        </message>
        <message>
            <source>What comes later</source>
            <translation>今後の予定</translation>
        </message>
        <message>
            <source>About Kamei</source>
            <translation>Kamei について</translation>
        </message>
    </context>
    <context>
        <name>Histogram</name>
        <message>
            <source>10 or more</source>
            <translation>10 以上</translation>
        </message>
        <message>
            <source>People who share a combination</source>
            <translation>同じ組み合わせになる人数</translation>
        </message>
    </context>
    <context>
        <name>HomeScreen</name>
        <message>
            <source>The eight steps of pseudonymisation</source>
            <translation>仮名加工の 8 手順</translation>
        </message>
        <message>
            <source>Guideline on the use of digital medical data for AI research and development, 4.9 (figure 8)</source>
            <translation>医療デジタルデータのAI研究開発等への利活用に係るガイドライン 4.9（図 8）</translation>
        </message>
        <message>
            <source>Import data…</source>
            <translation>データを取り込む…</translation>
        </message>
        <message>
            <source>Subjects &lt;b&gt;%1&lt;/b&gt;&amp;nbsp;&amp;nbsp;&amp;nbsp;Data &lt;b&gt;%2&lt;/b&gt;&amp;nbsp;&amp;nbsp;&amp;nbsp;Images &lt;b&gt;%3&lt;/b&gt;</source>
            <translation>対象者 &lt;b&gt;%1&lt;/b&gt; 名&amp;nbsp;&amp;nbsp;&amp;nbsp;データ &lt;b&gt;%2&lt;/b&gt; 件&amp;nbsp;&amp;nbsp;&amp;nbsp;画像 &lt;b&gt;%3&lt;/b&gt; 枚</translation>
        </message>
    </context>
    <context>
        <name>ImageCanvas</name>
        <message>
            <source>Loading the picture…</source>
            <translation>画像を読み込んでいます…</translation>
        </message>
    </context>
    <context>
        <name>ImageView</name>
        <message>
            <source>Select (V)</source>
            <translation>選択（V）</translation>
        </message>
        <message>
            <source>Move the picture</source>
            <translation>画像を動かす</translation>
        </message>
        <message>
            <source>Brightness</source>
            <translation>明るさ</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>拡大</translation>
        </message>
        <message>
            <source>Box (B)</source>
            <translation>四角（B）</translation>
        </message>
        <message>
            <source>Ellipse</source>
            <translation>楕円</translation>
        </message>
        <message>
            <source>Polygon (P)</source>
            <translation>多角形（P）</translation>
        </message>
        <message>
            <source>Brush</source>
            <translation>ブラシ</translation>
        </message>
        <message>
            <source>Remove a mask</source>
            <translation>マスクを消す</translation>
        </message>
        <message>
            <source>Draw a box</source>
            <translation>四角を描く</translation>
        </message>
        <message>
            <source>Draw a polygon</source>
            <translation>多角形を描く</translation>
        </message>
        <message>
            <source>Draw with the brush</source>
            <translation>ブラシで描く</translation>
        </message>
        <message>
            <source>Select masks</source>
            <translation>マスクを選択</translation>
        </message>
        <message>
            <source>Show masks</source>
            <translation>マスクを表示</translation>
        </message>
        <message>
            <source>Picture</source>
            <translation>画像</translation>
        </message>
        <message>
            <source>Series overview</source>
            <translation>系列の総覧</translation>
        </message>
        <message>
            <source>Picture %1 of %2</source>
            <translation>画像 %1 / %2</translation>
        </message>
        <message>
            <source>preview, not staged yet</source>
            <translation>見込み表示（未加工）</translation>
        </message>
        <message>
            <source>Draw a mask</source>
            <translation>マスクを描く</translation>
        </message>
        <message>
            <source>Change a mask</source>
            <translation>マスクを変更</translation>
        </message>
        <message>
            <source>This mask was proposed; reject it with a reason instead.</source>
            <translation>このマスクは提案されたものです。消す代わりに、理由を付けて却下してください。</translation>
        </message>
        <message numerus="yes">
            <source>Copy a mask to %n of the same device</source>
            <translation>
                <numerusform>同じ装置の %n 件にマスクを複写</numerusform>
            </translation>
        </message>
        <message>
            <source>Set a key frame of the mask</source>
            <translation>マスクのキーを打つ</translation>
        </message>
        <message>
            <source>Play or stop</source>
            <translation>再生・停止</translation>
        </message>
        <message>
            <source>Remove a key frame of the mask</source>
            <translation>マスクのキーを消す</translation>
        </message>
        <message>
            <source>Change the frames of the mask</source>
            <translation>マスクの区間を変える</translation>
        </message>
        <message>
            <source>Scan</source>
            <translation>スキャン画像</translation>
        </message>
        <message>
            <source>Label</source>
            <translation>ラベル</translation>
        </message>
        <message>
            <source>Whole glass</source>
            <translation>スライド全体</translation>
        </message>
        <message>
            <source>Small copy of the scan</source>
            <translation>縮小画像</translation>
        </message>
        <message>
            <source>Picture of unknown content</source>
            <translation>内容の分からない画像</translation>
        </message>
        <message>
            <source>Let the mask follow what it covers</source>
            <translation>マスクで覆った物を追跡</translation>
        </message>
        <message>
            <source>Followed up to picture %1, then lost. The mask stays there: look at the pictures behind it and set a key frame or the end.</source>
            <translation>%1 枚目まで追跡し、そこで見失いました。マスクはその位置に残っています。以降の画像を見て、キーフレームまたは終わりを置いてください。</translation>
        </message>
        <message>
            <source>Followed up to picture %1. Look at every picture of it.</source>
            <translation>%1 枚目まで追跡しました。すべての画像を見て確かめてください。</translation>
        </message>
        <message>
            <source>Let the mask, or the silence, begin here</source>
            <translation>マスクまたは無音をここから始める</translation>
        </message>
        <message>
            <source>Let the mask, or the silence, end here</source>
            <translation>マスクまたは無音をここで終える</translation>
        </message>
        <message>
            <source>When each picture is shown is not known yet; no part of the sound can be told.</source>
            <translation>各画像の時刻がまだ分からないため、音声の範囲を決められません。</translation>
        </message>
        <message>
            <source>Press I on the picture where the silence begins first.</source>
            <translation>先に、無音を始める画像で I を押してください。</translation>
        </message>
        <message>
            <source>Remove the sound</source>
            <translation>音声を除去する</translation>
        </message>
        <message>
            <source>Silence parts of the sound</source>
            <translation>音声の一部を無音にする</translation>
        </message>
        <message>
            <source>Keep the sound</source>
            <translation>音声を残す</translation>
        </message>
        <message>
            <source>Go back to where a scene begins</source>
            <translation>場面の始まりに戻る</translation>
        </message>
        <message>
            <source>Go to the next scene</source>
            <translation>次の場面へ</translation>
        </message>
        <message>
            <source>No other scene begins there.</source>
            <translation>その先に場面の変わり目はありません。</translation>
        </message>
        <message>
            <source>Scenes are still being looked for.</source>
            <translation>場面の変わり目を探しているところです。</translation>
        </message>
    </context>
    <context>
        <name>KindTable</name>
        <message>
            <source>By kind of data</source>
            <translation>データの種類別</translation>
        </message>
        <message>
            <source>Open only</source>
            <translation>未判断のみ</translation>
        </message>
        <message>
            <source>Files and folders can be dropped anywhere. Sources are never changed.</source>
            <translation>ファイルやフォルダはどこにでもドロップできます。元データは変更しません。</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>種類</translation>
        </message>
        <message>
            <source>Data</source>
            <translation>件数</translation>
        </message>
        <message>
            <source>Unreadable</source>
            <translation>読込不可</translation>
        </message>
        <message>
            <source>Required</source>
            <comment>open, in a narrow column</comment>
            <translation>必須 未判断</translation>
        </message>
        <message>
            <source>Recommended</source>
            <comment>open, in a narrow column</comment>
            <translation>推奨 未判断</translation>
        </message>
        <message>
            <source>Confirmed</source>
            <comment>in a narrow column</comment>
            <translation>目視確認</translation>
        </message>
    </context>
    <context>
        <name>Labels</name>
        <message>
            <source>Patient's name</source>
            <translation>患者の氏名</translation>
        </message>
        <message>
            <source>Name of a relative</source>
            <translation>家族の氏名</translation>
        </message>
        <message>
            <source>Clinician's name</source>
            <translation>医療従事者の氏名</translation>
        </message>
        <message>
            <source>Name of another person</source>
            <translation>その他の人の氏名</translation>
        </message>
        <message>
            <source>Date</source>
            <translation>日付</translation>
        </message>
        <message>
            <source>Date of birth</source>
            <translation>生年月日</translation>
        </message>
        <message>
            <source>Age</source>
            <translation>年齢</translation>
        </message>
        <message>
            <source>Sex</source>
            <translation>性別</translation>
        </message>
        <message>
            <source>Occupation</source>
            <translation>職業</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>住所</translation>
        </message>
        <message>
            <source>Municipality</source>
            <translation>市区町村</translation>
        </message>
        <message>
            <source>Postal code</source>
            <translation>郵便番号</translation>
        </message>
        <message>
            <source>Facility</source>
            <translation>医療機関</translation>
        </message>
        <message>
            <source>Organisation</source>
            <translation>組織・学校</translation>
        </message>
        <message>
            <source>Telephone number</source>
            <translation>電話番号</translation>
        </message>
        <message>
            <source>E-mail address</source>
            <translation>メールアドレス</translation>
        </message>
        <message>
            <source>Web address</source>
            <translation>URL</translation>
        </message>
        <message>
            <source>Chart number</source>
            <translation>カルテ番号</translation>
        </message>
        <message>
            <source>Examination number</source>
            <translation>検査番号</translation>
        </message>
        <message>
            <source>Insurance number</source>
            <translation>保険者番号・記号・番号</translation>
        </message>
        <message>
            <source>Individual Number (My Number)</source>
            <translation>個人番号（マイナンバー）</translation>
        </message>
        <message>
            <source>Passport number</source>
            <translation>旅券番号</translation>
        </message>
        <message>
            <source>Driver's licence number</source>
            <translation>運転免許証番号</translation>
        </message>
        <message>
            <source>Basic pension number</source>
            <translation>基礎年金番号</translation>
        </message>
        <message>
            <source>Resident record code</source>
            <translation>住民票コード</translation>
        </message>
        <message>
            <source>Credit card number</source>
            <translation>クレジットカード番号</translation>
        </message>
        <message>
            <source>Other personal number</source>
            <translation>その他の個人の番号</translation>
        </message>
        <message>
            <source>Patient's ID</source>
            <translation>患者ID</translation>
        </message>
        <message>
            <source>Accession number</source>
            <translation>受付番号</translation>
        </message>
        <message>
            <source>UID</source>
            <translation>UID</translation>
        </message>
        <message>
            <source>Other identifier</source>
            <translation>その他の識別子</translation>
        </message>
        <message>
            <source>Race, religion, nationality</source>
            <translation>人種・宗教・国籍</translation>
        </message>
        <message>
            <source>Marital status</source>
            <translation>婚姻状況</translation>
        </message>
        <message>
            <source>Family information</source>
            <translation>家族の情報</translation>
        </message>
        <message>
            <source>Ward, room, bed</source>
            <translation>病棟・病室・ベッド</translation>
        </message>
        <message>
            <source>Resource identifier</source>
            <translation>リソースの識別子</translation>
        </message>
        <message>
            <source>Reference to a resource</source>
            <translation>リソースへの参照</translation>
        </message>
        <message>
            <source>Part defined by the site</source>
            <translation>施設独自の要素</translation>
        </message>
        <message>
            <source>Attached file</source>
            <translation>添付ファイル</translation>
        </message>
        <message>
            <source>Genetic data as a whole</source>
            <translation>遺伝情報の全体</translation>
        </message>
        <message>
            <source>Monitor or paper</source>
            <translation>画面や紙</translation>
        </message>
        <message>
            <source>Surface of the head</source>
            <translation>頭部の表面（顔貌）</translation>
        </message>
        <message>
            <source>Picture made of a volume</source>
            <translation>ボリュームから作られた画像</translation>
        </message>
        <message>
            <source>Face in a picture</source>
            <translation>画像に写った顔</translation>
        </message>
        <message>
            <source>Burned-in text</source>
            <translation>画像に焼き込まれた文字</translation>
        </message>
        <message>
            <source>Burned-in text?</source>
            <translation>焼き込み文字の有無</translation>
        </message>
        <message>
            <source>Barcode or 2D code</source>
            <translation>バーコード・二次元コード</translation>
        </message>
        <message>
            <source>Writing on the slide</source>
            <translation>スライド上の文字</translation>
        </message>
        <message>
            <source>Label of the slide</source>
            <translation>スライドのラベル</translation>
        </message>
        <message>
            <source>Overview of the slide</source>
            <translation>スライドの全体像</translation>
        </message>
        <message>
            <source>Additional picture of the slide</source>
            <translation>スライドの付属画像</translation>
        </message>
        <message>
            <source>File name</source>
            <translation>ファイル名</translation>
        </message>
        <message>
            <source>Comment</source>
            <translation>コメント</translation>
        </message>
        <message>
            <source>Content of the manufacturer</source>
            <translation>メーカー独自の内容</translation>
        </message>
        <message>
            <source>Value of a form</source>
            <translation>様式の入力値</translation>
        </message>
        <message>
            <source>Sound with voices</source>
            <translation>音声（声）</translation>
        </message>
        <message>
            <source>Video</source>
            <translation>動画</translation>
        </message>
        <message>
            <source>Coded anew</source>
            <translation>再符号化</translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message>
            <source>Undo</source>
            <translation>元に戻す</translation>
        </message>
        <message>
            <source>Undo: %1</source>
            <translation>元に戻す：%1</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>やり直す</translation>
        </message>
        <message>
            <source>Redo: %1</source>
            <translation>やり直す：%1</translation>
        </message>
        <message>
            <source>Kamei</source>
            <translation>Kamei</translation>
        </message>
        <message>
            <source>Stopping the running job…</source>
            <translation>実行中のジョブを止めています…</translation>
        </message>
        <message>
            <source>Open or make a workspace first, then drop the files again.</source>
            <translation>先にワークスペースを開くか作成し、もう一度ドロップしてください。</translation>
        </message>
    </context>
    <context>
        <name>MaskBar</name>
        <message>
            <source>Pictures</source>
            <translation>画像</translation>
        </message>
        <message>
            <source>First picture of the mask</source>
            <translation>マスクの最初の画像</translation>
        </message>
        <message>
            <source>Last picture of the mask</source>
            <translation>マスクの最後の画像</translation>
        </message>
        <message>
            <source>All pictures</source>
            <translation>全画像</translation>
        </message>
        <message>
            <source>Fill</source>
            <translation>塗り</translation>
        </message>
        <message>
            <source>Overwrite with black</source>
            <translation>黒（値 0）で上書き</translation>
        </message>
        <message>
            <source>Overwrite with the local mean</source>
            <translation>周囲の平均で上書き</translation>
        </message>
        <message>
            <source>Destroys the pixel values; nothing is laid over them. Pixels outside stay bit for bit.</source>
            <translation>重ね表示ではなく画素を消します。枠外の画素はビット単位で不変。</translation>
        </message>
        <message numerus="yes">
            <source>Apply to all %n of the same device and size</source>
            <translation>
                <numerusform>同じ装置・同じサイズの %n 件すべてに適用</numerusform>
            </translation>
        </message>
        <message>
            <source>Overwrite with noise</source>
            <translation>雑音のモザイクで上書き</translation>
        </message>
        <message>
            <source>Keep only the inside</source>
            <translation>内側だけを残す</translation>
        </message>
        <message>
            <source>Destroys everything outside the figure instead, on its pictures</source>
            <translation>図形の外側をすべて消去します（マスクの区間の画像）</translation>
        </message>
        <message>
            <source>Keep as device template</source>
            <translation>装置テンプレートとして残す</translation>
        </message>
        <message>
            <source>Proposed from now on for images of this device and size</source>
            <translation>同じ装置・寸法の画像に、次回から提案します</translation>
        </message>
    </context>
    <context>
        <name>Menus</name>
        <message>
            <source>File</source>
            <translation>ファイル</translation>
        </message>
        <message>
            <source>Edit</source>
            <translation>編集</translation>
        </message>
        <message>
            <source>View</source>
            <translation>表示</translation>
        </message>
        <message>
            <source>Decide</source>
            <translation>判断</translation>
        </message>
        <message>
            <source>Jobs</source>
            <translation>ジョブ</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>ヘルプ</translation>
        </message>
    </context>
    <context>
        <name>MethodDialog</name>
        <message>
            <source>%1: %2</source>
            <translation>%1: %2</translation>
        </message>
        <message>
            <source>Guideline 4.7.2. What is no number is emptied where the method needs one.</source>
            <translation>ガイドライン 4.7.2。数値が必要な方法では、数値でない値は空になります。</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>キャンセル</translation>
        </message>
        <message>
            <source>Decide</source>
            <translation>決定</translation>
        </message>
        <message>
            <source>Into</source>
            <translation>変換先</translation>
        </message>
        <message>
            <source>multiples (rounded)</source>
            <translation>倍数に丸める</translation>
        </message>
        <message>
            <source>bands, for example 40-49</source>
            <translation>階級 (例: 40-49)</translation>
        </message>
        <message>
            <source>year and month</source>
            <translation>年月</translation>
        </message>
        <message>
            <source>year</source>
            <translation>年</translation>
        </message>
        <message>
            <source>Width</source>
            <translation>幅</translation>
        </message>
        <message>
            <source>Values above it become</source>
            <translation>これを超える値を置き換える値</translation>
        </message>
        <message>
            <source>Values below it become</source>
            <translation>これを下回る値を置き換える値</translation>
        </message>
        <message>
            <source>People in a group, at least</source>
            <translation>1グループの最少人数</translation>
        </message>
        <message>
            <source>Grouped together with</source>
            <translation>一緒にまとめる列の合言葉</translation>
        </message>
        <message>
            <source>a word; columns with the same word share their groups</source>
            <translation>同じ語を入れた列は同じグループで平均します</translation>
        </message>
        <message>
            <source>Within this share of the ranks, %</source>
            <translation>入れ替える順位の範囲 (%)</translation>
        </message>
        <message>
            <source>Distribution</source>
            <translation>分布</translation>
        </message>
        <message>
            <source>normal</source>
            <translation>正規分布</translation>
        </message>
        <message>
            <source>Laplace</source>
            <translation>ラプラス分布</translation>
        </message>
        <message>
            <source>uniform</source>
            <translation>一様分布</translation>
        </message>
        <message>
            <source>Standard deviation</source>
            <translation>標準偏差</translation>
        </message>
        <message>
            <source>Before</source>
            <translation>加工前</translation>
        </message>
        <message>
            <source>After</source>
            <translation>加工後</translation>
        </message>
        <message>
            <source>%1 of %2 values change</source>
            <translation>%2 件中 %1 件の値が変わります</translation>
        </message>
        <message>
            <source>%1 are emptied</source>
            <translation>%1 件が空になります</translation>
        </message>
        <message>
            <source>different values %1 → %2</source>
            <translation>値の種類 %1 → %2</translation>
        </message>
        <message>
            <source>mean %1 → %2</source>
            <translation>平均 %1 → %2</translation>
        </message>
        <message>
            <source>standard deviation %1 → %2</source>
            <translation>標準偏差 %1 → %2</translation>
        </message>
        <message>
            <source>lost: %1 % of the variance</source>
            <translation>失われる分散 %1 %</translation>
        </message>
    </context>
    <context>
        <name>NewWorkspaceDialog</name>
        <message>
            <source>Make workspace</source>
            <translation>作成</translation>
        </message>
        <message>
            <source>New workspace</source>
            <translation>新しいワークスペース</translation>
        </message>
        <message>
            <source>A workspace is a folder that holds decisions, processed files and the log. Sources stay where they are and are never changed.</source>
            <translation>ワークスペースは、判断・加工済みファイル・監査ログを保存するフォルダです。元データはその場に残り、変更されません。</translation>
        </message>
        <message>
            <source>For example: development of AI that supports the diagnosis of lung cancer</source>
            <translation>例：肺がんの画像診断を支援する AI の研究開発</translation>
        </message>
        <message>
            <source>Browse…</source>
            <translation>参照…</translation>
        </message>
        <message>
            <source>Title</source>
            <translation>表題</translation>
        </message>
        <message>
            <source>Purpose of use</source>
            <translation>利用目的</translation>
        </message>
        <message>
            <source>Rules</source>
            <translation>規則</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>フォルダ</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>キャンセル</translation>
        </message>
        <message>
            <source>Folder for the new workspace</source>
            <translation>新しいワークスペースのフォルダ</translation>
        </message>
        <message>
            <source>There is something in this folder already. Choose a new or an empty one.</source>
            <translation>このフォルダにはすでに何かあります。新しいフォルダか空のフォルダを選んでください。</translation>
        </message>
        <message>
            <source>Choose a folder.</source>
            <translation>フォルダを選んでください。</translation>
        </message>
        <message>
            <source>Only what the guideline requires; everything else is kept unless you decide otherwise.</source>
            <translation>ガイドラインの必須項目のみ。それ以外は、判断しない限りそのまま残ります。</translation>
        </message>
        <message>
            <source>The basic profile of DICOM PS3.15 without options, for DICOM alone.</source>
            <translation>DICOM PS3.15 の Basic Profile（オプションなし）。DICOM のみが対象です。</translation>
        </message>
        <message>
            <source>Required, recommended and conditional rules of the guideline of March 2024. Dates move by one amount per subject, birth dates become months, ages of 90 and over are grouped.</source>
            <translation>2024年3月のガイドラインの必須・推奨・要判断の規則。日付は対象者ごとに一定の幅でずらし、生年月日は年月に、90 歳以上はまとめます。</translation>
        </message>
        <message>
            <source>Nothing: everybody gets new pseudonyms</source>
            <translation>なし（全員に新しい仮IDを付けます）</translation>
        </message>
        <message>
            <source>Goes on from</source>
            <translation>引き継ぐ削除情報等</translation>
        </message>
        <message>
            <source>Passphrase of it</source>
            <translation>そのパスフレーズ</translation>
        </message>
        <message>
            <source>Why it is opened</source>
            <translation>開く理由</translation>
        </message>
        <message>
            <source>Deleted information that was kept sealed when a data set was released (3.8): with it the same people get the same pseudonyms and date shifts. That it is opened is recorded there and here. Where it was destroyed, nothing can be added consistently.</source>
            <translation>書き出し時に封印して保存した削除情報等（3.8）です。これを使うと、同じ人に同じ仮IDと日付のずらし幅が付きます。開いたことは元と新しいワークスペースの両方に記録されます。破棄済みの場合、整合した追加はできません。</translation>
        </message>
        <message>
            <source>Kept deleted information</source>
            <translation>保存した削除情報等</translation>
        </message>
        <message>
            <source>Kept deleted information (*.deleted-information)</source>
            <translation>保存した削除情報等 (*.deleted-information)</translation>
        </message>
        <message>
            <source>Opening what was kept needs its passphrase and a reason.</source>
            <translation>保存した削除情報等を開くには、パスフレーズと理由が必要です。</translation>
        </message>
    </context>
    <context>
        <name>NobodyDetail</name>
        <message>
            <source>Nothing chosen</source>
            <translation>選択されていません</translation>
        </message>
        <message numerus="yes">
            <source>%n items chosen</source>
            <translation>
                <numerusform>%n 件を選択</numerusform>
            </translation>
        </message>
        <message>
            <source>Say whose data are</source>
            <translation>データの対象者を指定</translation>
        </message>
        <message>
            <source>These data name nobody. They are searched for what is known of everybody, and released apart from all people, until somebody says whose they are.</source>
            <translation>対象者を示す記載のないデータです。対象者を指定するまで、全員の既知の識別子を探索し、どの対象者とも別に書き出します。</translation>
        </message>
        <message>
            <source>Chosen data</source>
            <translation>選択したデータ</translation>
        </message>
        <message>
            <source>Look at it (Enter)</source>
            <translation>内容を見る（Enter）</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>理由</translation>
        </message>
        <message>
            <source>From then on they have the person's pseudonymous ID and date shift. They and the person's other data are examined and processed again. It can be undone.</source>
            <translation>指定すると、その対象者の仮IDと日付のずらし幅を使います。選択したデータと対象者のほかのデータを調べ直して加工し直します。元に戻せます。</translation>
        </message>
    </context>
    <context>
        <name>OnwardStrip</name>
        <message>
            <source>Further on</source>
            <translation>この先</translation>
        </message>
        <message>
            <source>Processed</source>
            <translation>加工済み</translation>
        </message>
        <message>
            <source>Confirmed by eye</source>
            <translation>目視確認</translation>
        </message>
        <message>
            <source>Show the conditions</source>
            <translation>条件を見る</translation>
        </message>
        <message>
            <source>%1 to be processed</source>
            <translation>再加工待ち %1</translation>
        </message>
        <message>
            <source>%1 sent back</source>
            <translation>差し戻し %1</translation>
        </message>
        <message>
            <source>Ready for release</source>
            <translation>書き出せます</translation>
        </message>
        <message>
            <source>Release not possible</source>
            <translation>書き出し不可</translation>
        </message>
        <message>
            <source>%1 of %2 conditions open</source>
            <translation>条件 %2 項目中 未解決 %1</translation>
        </message>
        <message>
            <source>Checking the conditions…</source>
            <translation>条件を確認しています…</translation>
        </message>
        <message>
            <source>Conditions not checked yet</source>
            <translation>条件は未確認です</translation>
        </message>
    </context>
    <context>
        <name>OptionsPage</name>
        <message>
            <source>Base policy</source>
            <translation>基本の方針</translation>
        </message>
        <message>
            <source>What the guideline requires is processed under every policy: names, numbers and codes that identify a person cannot be switched off here. An option says what of the rest may stay.</source>
            <translation>ガイドラインの必須項目は、どの方針でも加工します。個人を識別できる氏名・番号・符号の加工を、ここで止めることはできません。選択肢は、それ以外のうち何を残してよいかを定めます。</translation>
        </message>
    </context>
    <context>
        <name>OutputTable</name>
        <message>
            <source>SHA-256 of every file, and who confirmed it</source>
            <translation>全ファイルの SHA-256 と確認の記録</translation>
        </message>
        <message>
            <source>Report: the eight steps, recommended points not done</source>
            <translation>仮名加工の報告書（8 手順・未実施の推奨項目）</translation>
        </message>
        <message>
            <source>Terms of use: no collation, no passing on</source>
            <translation>利用条件・照合の禁止・第三者提供の禁止</translation>
        </message>
        <message>
            <source>Public notice (3.7.1)</source>
            <translation>公表文（3.7.1）</translation>
        </message>
        <message>
            <source>No names, no correspondence table, no details of processing. Every file is read back and compared after writing.</source>
            <translation>氏名・対応表・加工の詳細は含まれません。書き出し後に 1 ファイルずつ読み直して照合します。</translation>
        </message>
        <message>
            <source>Processed files (%1 subjects, %2 data sets)</source>
            <translation>加工済みファイル（対象者 %1 名・%2 件）</translation>
        </message>
    </context>
    <context>
        <name>OverviewStrip</name>
        <message numerus="yes">
            <source>Series overview: all %n pictures in one</source>
            <translation>
                <numerusform>系列の総覧：全 %n 枚を 1 枚に重ねて表示</numerusform>
            </translation>
        </message>
        <message>
            <source>Series overview</source>
            <translation>系列の総覧</translation>
        </message>
        <message>
            <source>computing…</source>
            <translation>計算中…</translation>
        </message>
        <message numerus="yes">
            <source>all %n pictures in one; characters that do not move are black in “variation”</source>
            <translation>
                <numerusform>全 %n 枚の画素を 1 枚に重ねて表示。動かない文字は「変動」で黒く抜ける</numerusform>
            </translation>
        </message>
        <message>
            <source>Maximum</source>
            <translation>最大</translation>
        </message>
        <message>
            <source>Minimum</source>
            <translation>最小</translation>
        </message>
        <message>
            <source>Variation</source>
            <translation>変動</translation>
        </message>
        <message>
            <source>Mean</source>
            <translation>平均</translation>
        </message>
    </context>
    <context>
        <name>Palette</name>
        <message>
            <source>Subject</source>
            <translation>対象者</translation>
        </message>
        <message>
            <source>Search actions, subjects, data</source>
            <translation>操作・対象者・データを検索</translation>
        </message>
        <message>
            <source>Results</source>
            <translation>検索結果</translation>
        </message>
        <message>
            <source>↑ ↓ choose · Enter open · Esc close</source>
            <translation>↑ ↓ 選択　Enter 開く　Esc 閉じる</translation>
        </message>
    </context>
    <context>
        <name>PapersDialog</name>
        <message>
            <source>Legal basis and papers</source>
            <translation>法的根拠と書類</translation>
        </message>
        <message>
            <source>Legal basis</source>
            <translation>法的根拠</translation>
        </message>
        <message>
            <source>Contract (3.7.2)</source>
            <translation>契約（3.7.2）</translation>
        </message>
        <message>
            <source>What is kept (4.9)</source>
            <translation>保持する項目（4.9）</translation>
        </message>
        <message>
            <source>Write all papers…</source>
            <translation>書類を書き出す…</translation>
        </message>
        <message>
            <source>Notice, terms, contract checklist, duties, legal basis and what is kept, in Japanese and English, as HTML and PDF</source>
            <translation>公表事項、利用条件、契約の確認票、規律の一覧、法的根拠、保持する項目を、日本語と英語で HTML と PDF に書き出します</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>キャンセル</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>保存</translation>
        </message>
        <message>
            <source>Folder for the papers</source>
            <translation>書類の保存先</translation>
        </message>
        <message>
            <source>Open: %1 items of the contract, %2 kept items without a purpose</source>
            <translation>未記入：契約の項目 %1 件、目的のない保持項目 %2 件</translation>
        </message>
    </context>
    <context>
        <name>PassphraseDialog</name>
        <message>
            <source>Seal the deleted information</source>
            <translation>削除情報等の封印</translation>
        </message>
        <message>
            <source>It is kept encrypted in the file below and destroyed in the workspace. Without the passphrase nobody can open it, and nobody can recover the passphrase: store it apart from the file.</source>
            <translation>下のファイルに暗号化して保管し、ワークスペースからは消去します。パスフレーズがなければ誰にも開けず、パスフレーズは再発行できません。ファイルとは別に保管してください。</translation>
        </message>
        <message>
            <source>Passphrase</source>
            <translation>パスフレーズ</translation>
        </message>
        <message>
            <source>Once more</source>
            <translation>もう一度</translation>
        </message>
        <message>
            <source>Passphrase once more</source>
            <translation>パスフレーズ（確認）</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>キャンセル</translation>
        </message>
        <message>
            <source>Seal and release</source>
            <translation>封印して書き出す</translation>
        </message>
        <message numerus="yes">
            <source>at least %n character(s)</source>
            <translation>
                <numerusform>%n 文字以上</numerusform>
            </translation>
        </message>
        <message>
            <source>the two differ</source>
            <translation>2 つが一致しません</translation>
        </message>
    </context>
    <context>
        <name>People</name>
        <message>
            <source>Different birth dates are stated of one person</source>
            <translation>1人に異なる生年月日が記されています</translation>
        </message>
        <message>
            <source>Different names are stated of one person: a chart number given out again?</source>
            <translation>1人に異なる氏名が記されています：カルテ番号の再利用ではありませんか</translation>
        </message>
        <message>
            <source>Different family names are stated of one person: a changed surname?</source>
            <translation>1人に異なる姓が記されています：改姓ではありませんか</translation>
        </message>
        <message>
            <source>Both sexes are stated of one person</source>
            <translation>1人に両方の性別が記されています</translation>
        </message>
        <message>
            <source>Two people have one chart number</source>
            <translation>2人が同じカルテ番号を持っています</translation>
        </message>
        <message>
            <source>Two people have one name and birth date</source>
            <translation>2人の氏名と生年月日が同じです</translation>
        </message>
        <message>
            <source>One birth date and given name, two family names: a changed surname?</source>
            <translation>生年月日と名が同じで姓が異なります：改姓ではありませんか</translation>
        </message>
        <message>
            <source>One birth date and family name, two given names: twins?</source>
            <translation>生年月日と姓が同じで名が異なります：双子ではありませんか</translation>
        </message>
        <message>
            <source>One name, and birth dates of which one may be mistyped</source>
            <translation>氏名が同じで、生年月日の一方が入力誤りの可能性があります</translation>
        </message>
        <message>
            <source>Chart number</source>
            <translation>カルテ番号</translation>
        </message>
        <message>
            <source>Birth date</source>
            <translation>生年月日</translation>
        </message>
        <message>
            <source>Sex</source>
            <translation>性別</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>氏名</translation>
        </message>
        <message>
            <source>female</source>
            <translation>女性</translation>
        </message>
        <message>
            <source>male</source>
            <translation>男性</translation>
        </message>
    </context>
    <context>
        <name>PeopleScreen</name>
        <message>
            <source>Comparing…</source>
            <translation>照合しています…</translation>
        </message>
        <message>
            <source>State</source>
            <translation>状態</translation>
        </message>
        <message>
            <source>Person</source>
            <translation>対象者</translation>
        </message>
        <message>
            <source>Doubt</source>
            <translation>疑義</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>氏名</translation>
        </message>
        <message>
            <source>Birth date</source>
            <translation>生年月日</translation>
        </message>
        <message>
            <source>Chart number</source>
            <translation>カルテ番号</translation>
        </message>
        <message>
            <source>Data</source>
            <translation>データ</translation>
        </message>
        <message>
            <source>settled</source>
            <translation>確定済み</translation>
        </message>
        <message>
            <source>open</source>
            <translation>未確定</translation>
        </message>
        <message>
            <source>note</source>
            <translation>参考</translation>
        </message>
        <message>
            <source>%1 people, %2 open doubts</source>
            <translation>対象者 %1 人、未確定の疑義 %2 件</translation>
        </message>
        <message>
            <source>Whose data they are</source>
            <translation>誰のデータか</translation>
        </message>
        <message>
            <source>Filter</source>
            <translation>絞り込み</translation>
        </message>
        <message>
            <source>Filter people</source>
            <translation>対象者を絞り込む</translation>
        </message>
        <message>
            <source>Doubts</source>
            <translation>疑義</translation>
        </message>
        <message>
            <source>Everybody</source>
            <translation>全員</translation>
        </message>
        <message>
            <source>No doubts: what the sources state of each person agrees, and no two people look like one.</source>
            <translation>疑義はありません。各人についての記載は一致しており、同一人物と思われる二人もいません。</translation>
        </message>
        <message>
            <source>No source names a person yet.</source>
            <translation>人を示すデータはまだ取り込まれていません。</translation>
        </message>
        <message>
            <source>Nobody known</source>
            <translation>対象者不明</translation>
        </message>
        <message>
            <source>Nobody known (%1)</source>
            <translation>対象者不明（%1）</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>種類</translation>
        </message>
        <message>
            <source>Folder and file</source>
            <translation>フォルダーとファイル</translation>
        </message>
        <message>
            <source>Of all data it is known whose they are.</source>
            <translation>対象者の分からないデータはありません。</translation>
        </message>
    </context>
    <context>
        <name>PersonDetail</name>
        <message numerus="yes">
            <source>Merge %n people</source>
            <translation>
                <numerusform>%n 人を統合</numerusform>
            </translation>
        </message>
        <message>
            <source>Keep two people apart</source>
            <translation>2人を別人として確定</translation>
        </message>
        <message>
            <source>Keep one person together</source>
            <translation>1人として確定</translation>
        </message>
        <message>
            <source>Nobody chosen</source>
            <translation>選択されていません</translation>
        </message>
        <message>
            <source> and </source>
            <translation> と </translation>
        </message>
        <message>
            <source>What sources state, and the data.</source>
            <translation>元データの記載と、その人のデータです。</translation>
        </message>
        <message>
            <source>What is stated</source>
            <translation>記載の内容</translation>
        </message>
        <message>
            <source>Person</source>
            <translation>対象者</translation>
        </message>
        <message>
            <source>Field</source>
            <translation>項目</translation>
        </message>
        <message>
            <source>Value</source>
            <translation>値</translation>
        </message>
        <message>
            <source>Data</source>
            <translation>データ</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>理由</translation>
        </message>
        <message>
            <source>All data of everybody concerned are examined and processed again; nothing staged stays valid. Every step can be undone.</source>
            <translation>関係する全員のデータを調べ直して加工し直します。加工済みのデータは無効になります。どの操作も元に戻せます。</translation>
        </message>
        <message>
            <source>One person: merge into %1</source>
            <translation>同じ人：%1 に統合する</translation>
        </message>
        <message>
            <source>Two people: keep them apart</source>
            <translation>別人として確定する</translation>
        </message>
        <message>
            <source>It is one person</source>
            <translation>1人として確定する</translation>
        </message>
        <message>
            <source>Data of this person: tick what is another's</source>
            <translation>この人のデータ（別の人のものを選択）</translation>
        </message>
        <message>
            <source>Say whose data are</source>
            <translation>データの対象者を指定</translation>
        </message>
    </context>
    <context>
        <name>PersonPanel</name>
        <message>
            <source>Nobody here is the only one with these values.</source>
            <translation>この組み合わせで 1 名になる人はいません。</translation>
        </message>
        <message>
            <source>Only all values together single this person out.</source>
            <translation>すべての項目を合わせたときだけ 1 名になります。</translation>
        </message>
        <message>
            <source>No one is chosen</source>
            <translation>選択されていません</translation>
        </message>
        <message>
            <source>singled out</source>
            <translation>1 名に特定</translation>
        </message>
        <message numerus="yes">
            <source>one of %n people</source>
            <translation>
                <numerusform>%n 名のうちの 1 名</numerusform>
            </translation>
        </message>
        <message>
            <source>The reason is recorded.</source>
            <translation>理由を記録しました。</translation>
        </message>
        <message>
            <source>Singled out by</source>
            <translation>1 名になる組み合わせ</translation>
        </message>
        <message>
            <source>Where the values stand</source>
            <translation>値の由来</translation>
        </message>
        <message>
            <source>Reason for leaving it so (5.6)</source>
            <translation>このまま残す理由（5.6）</translation>
        </message>
        <message>
            <source>For example: the combination cannot be known outside of the hospital</source>
            <translation>例：この組み合わせは病院の外では知り得ない</translation>
        </message>
        <message>
            <source>Otherwise generalise or delete one of the values: the links above lead to them.</source>
            <translation>残さない場合は、いずれかの値を一般化または削除します。上のリンクから移動できます。</translation>
        </message>
        <message>
            <source>Record the reason</source>
            <translation>理由を記録</translation>
        </message>
        <message>
            <source>%1 (not decided yet)</source>
            <translation>%1（未判断）</translation>
        </message>
        <message numerus="yes">
            <source>and %n further places</source>
            <translation>
                <numerusform>他 %n か所</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>PolicyScreen</name>
        <message>
            <source>Read a policy from a file</source>
            <translation>処理方針をファイルから読み込む</translation>
        </message>
        <message>
            <source>Policies (*.json)</source>
            <translation>処理方針 (*.json)</translation>
        </message>
        <message>
            <source>Write the policy to a file</source>
            <translation>処理方針をファイルに書き出す</translation>
        </message>
        <message>
            <source>The policy is as saved.</source>
            <translation>保存済みの処理方針です。</translation>
        </message>
        <message>
            <source>Looking what saving would do…</source>
            <translation>保存した場合の影響を調べています…</translation>
        </message>
        <message>
            <source>Saving changes no data of this workspace. It can be undone.</source>
            <translation>保存しても、このワークスペースのデータには影響しません。元に戻せます。</translation>
        </message>
        <message>
            <source>Saving examines %1 data again and decides %2 candidates by the site's list; %3 processed data become outdated and have to be processed and confirmed anew. Decisions that people made stay. It can be undone.</source>
            <translation>保存すると、データ %1 件を調べ直し、候補 %2 件を施設の一覧に従って判断します。加工済みのデータ %3 件は古くなり、再加工と目視確認が必要です。人が行った判断は残ります。元に戻せます。</translation>
        </message>
        <message>
            <source>Change the policy</source>
            <translation>処理方針の変更</translation>
        </message>
        <message>
            <source>The policy was read. It acts once it is saved.</source>
            <translation>処理方針を読み込みました。保存すると有効になります。</translation>
        </message>
        <message>
            <source>The policy was written.</source>
            <translation>処理方針を書き出しました。</translation>
        </message>
        <message>
            <source>Policy of the workspace</source>
            <translation>このワークスペースの処理方針</translation>
        </message>
        <message>
            <source>Options</source>
            <translation>選択肢</translation>
        </message>
        <message>
            <source>Rules of the site</source>
            <translation>施設の規則</translation>
        </message>
        <message>
            <source>Private elements of devices</source>
            <translation>装置のプライベート要素</translation>
        </message>
        <message>
            <source>Try on a file</source>
            <translation>ファイルで試す</translation>
        </message>
        <message>
            <source>Parts of the policy</source>
            <translation>処理方針の区分</translation>
        </message>
        <message>
            <source>Read a file…</source>
            <translation>読み込む…</translation>
        </message>
        <message>
            <source>Write a file…</source>
            <translation>書き出す…</translation>
        </message>
        <message>
            <source>Take changes back</source>
            <translation>変更を取り消す</translation>
        </message>
        <message>
            <source>Save the policy</source>
            <translation>処理方針を保存</translation>
        </message>
        <message>
            <source>Saving changes no data; %1 confirmed data will wait for a signature or a second person. It can be undone.</source>
            <translation>保存してもデータは変わりませんが、確認済みの %1 件が署名または二人目の確認待ちになります。元に戻せます。</translation>
        </message>
        <message>
            <source>Who confirms</source>
            <translation>確認のしかた</translation>
        </message>
    </context>
    <context>
        <name>PolicyWords</name>
        <message>
            <source>Clean pixel data</source>
            <translation>画素データの清浄化</translation>
        </message>
        <message>
            <source>Burned-in characters are looked for, decided on, and blackened in the pixels themselves.</source>
            <translation>画像に焼き込まれた文字を探し、判断のうえ、画素そのものを塗りつぶします。</translation>
        </message>
        <message>
            <source>Clean recognizable visual features</source>
            <translation>識別可能な外観特徴の清浄化</translation>
        </message>
        <message>
            <source>Whether a face can be recognised is asked and the answer recorded.</source>
            <translation>顔貌から個人が識別できるかを確かめ、その回答を記録します。</translation>
        </message>
        <message>
            <source>Clean graphics</source>
            <translation>図形の清浄化</translation>
        </message>
        <message>
            <source>Overlays and annotations stay without what identifies; otherwise they are removed.</source>
            <translation>オーバーレイや注釈から識別情報だけを除いて残します。選ばない場合は全体を削除します。</translation>
        </message>
        <message>
            <source>Clean structured content</source>
            <translation>構造化内容の清浄化</translation>
        </message>
        <message>
            <source>Items of structured reports stay without what identifies; otherwise they are replaced.</source>
            <translation>構造化レポートの項目から識別情報だけを除いて残します。選ばない場合は置き換えます。</translation>
        </message>
        <message>
            <source>Clean descriptors</source>
            <translation>記述の清浄化</translation>
        </message>
        <message>
            <source>Descriptions and comments are read by the text detector and stay without identifiers; otherwise they are removed.</source>
            <translation>説明やコメントを文章検出器で読み、識別情報だけを除いて残します。選ばない場合は全体を削除します。</translation>
        </message>
        <message>
            <source>Retain longitudinal temporal information, full dates</source>
            <translation>経時情報の保持(日付そのまま)</translation>
        </message>
        <message>
            <source>Dates and times stay as they are. Excludes modified dates.</source>
            <translation>日付と時刻をそのまま残します。「日付をずらす」とは同時に選べません。</translation>
        </message>
        <message>
            <source>Retain longitudinal temporal information, modified dates</source>
            <translation>経時情報の保持(日付をずらす)</translation>
        </message>
        <message>
            <source>Dates move by one number of days for each person; intervals and times of day stay. Otherwise they are removed.</source>
            <translation>日付を対象者ごとに決まった日数だけずらします。間隔と時刻は変わりません。選ばない場合は削除します。</translation>
        </message>
        <message>
            <source>Retain patient characteristics</source>
            <translation>患者特性の保持</translation>
        </message>
        <message>
            <source>Sex, age, weight, height and the like stay; ages of 90 and over become one class.</source>
            <translation>性別・年齢・体重・身長などを残します。90歳以上は一つにまとめます。</translation>
        </message>
        <message>
            <source>Retain device identity</source>
            <translation>装置識別情報の保持</translation>
        </message>
        <message>
            <source>Serial numbers, station names and calibrations of devices stay.</source>
            <translation>装置の製造番号・ステーション名・校正の情報を残します。</translation>
        </message>
        <message>
            <source>Retain UIDs</source>
            <translation>UIDの保持</translation>
        </message>
        <message>
            <source>UIDs stay; otherwise each is replaced, everywhere by the same one.</source>
            <translation>UIDを残します。選ばない場合は、全体で一貫した別のUIDに置き換えます。</translation>
        </message>
        <message>
            <source>Retain safe private</source>
            <translation>安全なプライベート属性の保持</translation>
        </message>
        <message>
            <source>Private elements stay when Table E.3.10-1 or the site's list of a device keeps them; otherwise all are removed.</source>
            <translation>表E.3.10-1または施設の一覧(装置別)が保持とするプライベート要素を残します。選ばない場合はすべて削除します。</translation>
        </message>
        <message>
            <source>Retain institution identity</source>
            <translation>施設識別情報の保持</translation>
        </message>
        <message>
            <source>Name, address and department of the institution stay.</source>
            <translation>施設の名称・所在地・部門を残します。</translation>
        </message>
        <message>
            <source>Only the required items of the guideline of 2024; what it recommends stays.</source>
            <translation>2024年ガイドラインの必須項目だけを加工します。推奨項目は残ります。</translation>
        </message>
        <message>
            <source>Required, recommended and conditional items of the guideline of 2024, on top of the basic profile of PS3.15 (113100).</source>
            <translation>2024年ガイドラインの必須・推奨・要判断の項目を、PS3.15の基本プロファイル(113100)に重ねて加工します。</translation>
        </message>
        <message>
            <source>The basic profile of PS3.15 2024b (113100) alone, for DICOM.</source>
            <translation>DICOMについて、PS3.15 2024bの基本プロファイル(113100)だけを適用します。</translation>
        </message>
    </context>
    <context>
        <name>Preview</name>
        <message>
            <source>(pixels)</source>
            <translation>（画素）</translation>
        </message>
        <message>
            <source>(empty)</source>
            <translation>（空）</translation>
        </message>
        <message numerus="yes">
            <source>and %n others</source>
            <translation>
                <numerusform>ほか %n 件</numerusform>
            </translation>
        </message>
        <message>
            <source>Guideline &lt;b&gt;%1&lt;/b&gt; %2</source>
            <translation>ガイドライン &lt;b&gt;%1&lt;/b&gt; %2</translation>
        </message>
        <message>
            <source>text</source>
            <translation>本文</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <translation>%1：%2</translation>
        </message>
        <message>
            <source>, learned from %1</source>
            <translation>（%1 から）</translation>
        </message>
        <message>
            <source>stays as it is</source>
            <translation>そのまま残る</translation>
        </message>
        <message>
            <source>(deleted)</source>
            <translation>（削除）</translation>
        </message>
        <message>
            <source>pixels are overwritten</source>
            <translation>画素を上書き</translation>
        </message>
        <message>
            <source>the face is removed</source>
            <translation>顔貌を除去</translation>
        </message>
        <message>
            <source>moved by the subject's random number of days</source>
            <translation>対象者ごとの乱数の日数だけ移動</translation>
        </message>
        <message>
            <source>identifiers go, the rest stays</source>
            <translation>識別子のみ除去（本文は残す）</translation>
        </message>
        <message>
            <source>a pseudonymous value</source>
            <translation>仮の値</translation>
        </message>
        <message>
            <source>(the data as a whole)</source>
            <translation>（データ全体）</translation>
        </message>
        <message>
            <source>%1, not taken yet</source>
            <translation>%1(まだ採用なし)</translation>
        </message>
        <message numerus="yes">
            <source>%1, taken for %n image set(s)</source>
            <translation>
                <numerusform>%1(%n 件の画像で採用済み)</numerusform>
            </translation>
        </message>
        <message>
            <source>silent in parts; all of it is coded anew</source>
            <translation>一部を無音にし、全体を符号化し直します</translation>
        </message>
        <message>
            <source>%1: %2 residents, fewer than 10,000 (4.6.1)</source>
            <translation>%1：人口 %2 人（1 万人未満、4.6.1）</translation>
        </message>
    </context>
    <context>
        <name>PrivateModel</name>
        <message>
            <source>(no owner)</source>
            <translation>(作成者なし)</translation>
        </message>
        <message>
            <source>(not known)</source>
            <translation>(不明)</translation>
        </message>
        <message>
            <source>none here</source>
            <translation>なし</translation>
        </message>
        <message>
            <source>%1 or more</source>
            <translation>%1 以上</translation>
        </message>
        <message>
            <source>diffusion</source>
            <translation>拡散</translation>
        </message>
        <message>
            <source>TCIA keeps</source>
            <translation>TCIA: 保持</translation>
        </message>
        <message>
            <source>TCIA removes</source>
            <translation>TCIA: 削除</translation>
        </message>
        <message>
            <source>Kept</source>
            <translation>保持</translation>
        </message>
        <message>
            <source>Removed</source>
            <translation>削除</translation>
        </message>
        <message>
            <source>%1 (site)</source>
            <translation>%1(施設)</translation>
        </message>
        <message>
            <source>Device</source>
            <translation>装置</translation>
        </message>
        <message>
            <source>Owner of the block</source>
            <translation>ブロックの作成者</translation>
        </message>
        <message>
            <source>Element</source>
            <translation>要素</translation>
        </message>
        <message>
            <source>VR</source>
            <translation>VR</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>名称</translation>
        </message>
        <message>
            <source>Series</source>
            <translation>系列</translation>
        </message>
        <message>
            <source>Values</source>
            <translation>値</translation>
        </message>
        <message>
            <source>Known as</source>
            <translation>既知の情報</translation>
        </message>
        <message>
            <source>Now</source>
            <translation>現在の扱い</translation>
        </message>
    </context>
    <context>
        <name>PrivatePage</name>
        <message>
            <source>All devices (%1)</source>
            <translation>すべての装置 (%1)</translation>
        </message>
        <message>
            <source>Choose elements to decide on them for their device.</source>
            <translation>要素を選ぶと、その装置について判断できます。</translation>
        </message>
        <message numerus="yes">
            <source>%n elements</source>
            <translation>
                <numerusform>要素 %n 件</numerusform>
            </translation>
        </message>
        <message>
            <source>No data of this workspace has it; the row stands in the site's list.</source>
            <translation>このワークスペースのデータにはありません。施設の一覧にある行です。</translation>
        </message>
        <message>
            <source>%1 — in %2 series, %3 instances. Values: %4</source>
            <translation>%1 — 系列 %2 件、インスタンス %3 件。値: %4</translation>
        </message>
        <message>
            <source>The site's list: %1, for %2. Reason: %3</source>
            <translation>施設の一覧: %1、対象 %2。理由: %3</translation>
        </message>
        <message>
            <source>keep</source>
            <translation>保持</translation>
        </message>
        <message>
            <source>remove</source>
            <translation>削除</translation>
        </message>
        <message>
            <source>The policy has not the option 113111 (retain safe private): every private element is removed, whatever the list says.</source>
            <translation>選択肢 113111(安全なプライベート属性の保持)が選ばれていません。一覧の内容にかかわらず、プライベート要素はすべて削除されます。</translation>
        </message>
        <message>
            <source>An element whose block has no owner cannot be kept (PS3.5 7.8.1).</source>
            <translation>作成者のないブロックの要素は保持できません(PS3.5 7.8.1)。</translation>
        </message>
        <message>
            <source>Diffusion parameters (b-values, gradients): needed to read the images, no person in them (Guideline 5.4.2)</source>
            <translation>拡散強調画像のパラメータ(b値、傾斜磁場)。画像の解釈に必要で、個人に関する情報を含まない(ガイドライン 5.4.2)</translation>
        </message>
        <message>
            <source>Device</source>
            <translation>装置</translation>
        </message>
        <message>
            <source>Owner, element, name, value</source>
            <translation>作成者、要素、名称、値</translation>
        </message>
        <message>
            <source>Search private elements</source>
            <translation>プライベート要素の検索</translation>
        </message>
        <message>
            <source>Choose diffusion parameters</source>
            <translation>拡散パラメータを選ぶ</translation>
        </message>
        <message>
            <source>Private elements by device</source>
            <translation>装置ごとのプライベート要素</translation>
        </message>
        <message>
            <source>No private elements are recorded. They are listed once candidates have been looked for.</source>
            <translation>プライベート要素の記録がありません。候補の検出を行うと、ここに一覧が出ます。</translation>
        </message>
        <message>
            <source>Show in the data</source>
            <translation>データで見る</translation>
        </message>
        <message>
            <source>For</source>
            <translation>対象</translation>
        </message>
        <message>
            <source>For which devices</source>
            <translation>対象の装置</translation>
        </message>
        <message>
            <source>this device, this software</source>
            <translation>この装置・この版</translation>
        </message>
        <message>
            <source>this device, any software</source>
            <translation>この装置・すべての版</translation>
        </message>
        <message>
            <source>any device</source>
            <translation>すべての装置</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>理由</translation>
        </message>
        <message>
            <source>Needed to keep</source>
            <translation>保持には必要です</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>保持</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>削除</translation>
        </message>
        <message>
            <source>No decision</source>
            <translation>判断なし</translation>
        </message>
    </context>
    <context>
        <name>ProfileView</name>
        <message>
            <source>Distribution of %1</source>
            <translation>%1 の分布</translation>
        </message>
        <message>
            <source>%1 values, %2 different, %3 empty</source>
            <translation>値 %1・異なる値 %2・空 %3</translation>
        </message>
    </context>
    <context>
        <name>Rail</name>
        <message>
            <source>Home</source>
            <translation>ホーム</translation>
        </message>
        <message>
            <source>Decide</source>
            <translation>判断</translation>
        </message>
        <message>
            <source>Face</source>
            <translation>顔貌</translation>
        </message>
        <message>
            <source>Risk</source>
            <translation>リスク</translation>
        </message>
        <message>
            <source>Confirm</source>
            <translation>目視確認</translation>
        </message>
        <message>
            <source>Release</source>
            <translation>書き出し</translation>
        </message>
        <message>
            <source>Audit</source>
            <translation>監査</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>設定</translation>
        </message>
        <message>
            <source>Places</source>
            <translation>画面</translation>
        </message>
        <message>
            <source>Policy</source>
            <translation>方針</translation>
        </message>
        <message>
            <source>People</source>
            <translation>対象者</translation>
        </message>
    </context>
    <context>
        <name>ReadableDocument</name>
        <message>
            <source>Patient name</source>
            <translation>患者の氏名</translation>
        </message>
        <message>
            <source>Patient name (kana)</source>
            <translation>患者の氏名（カナ）</translation>
        </message>
        <message>
            <source>Patient ID</source>
            <translation>患者ID</translation>
        </message>
        <message>
            <source>Date of birth</source>
            <translation>生年月日</translation>
        </message>
        <message>
            <source>Sex</source>
            <translation>性別</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>住所</translation>
        </message>
        <message>
            <source>Telephone</source>
            <translation>電話</translation>
        </message>
        <message>
            <source>Postal code</source>
            <translation>郵便番号</translation>
        </message>
        <message>
            <source>E-mail</source>
            <translation>メール</translation>
        </message>
        <message>
            <source>Age</source>
            <translation>年齢</translation>
        </message>
        <message>
            <source>Clinician's address</source>
            <translation>医療従事者の住所</translation>
        </message>
        <message>
            <source>Clinician's telephone</source>
            <translation>医療従事者の電話</translation>
        </message>
        <message>
            <source>Clinician</source>
            <translation>医療従事者</translation>
        </message>
        <message>
            <source>Clinician ID</source>
            <translation>医療従事者ID</translation>
        </message>
        <message>
            <source>Facility</source>
            <translation>医療機関</translation>
        </message>
        <message>
            <source>Facility ID</source>
            <translation>医療機関ID</translation>
        </message>
        <message>
            <source>Facility address</source>
            <translation>医療機関の住所</translation>
        </message>
        <message>
            <source>Facility telephone</source>
            <translation>医療機関の電話</translation>
        </message>
        <message>
            <source>Family member</source>
            <translation>家族</translation>
        </message>
        <message>
            <source>Family member's ID</source>
            <translation>家族のID</translation>
        </message>
        <message>
            <source>Family member's address</source>
            <translation>家族の住所</translation>
        </message>
        <message>
            <source>Family member's telephone</source>
            <translation>家族の電話</translation>
        </message>
        <message>
            <source>Family member's date of birth</source>
            <translation>家族の生年月日</translation>
        </message>
        <message>
            <source>Document ID</source>
            <translation>文書ID</translation>
        </message>
        <message>
            <source>Document date</source>
            <translation>文書の日付</translation>
        </message>
        <message>
            <source>Insurance number</source>
            <translation>保険者番号・記号・番号</translation>
        </message>
    </context>
    <context>
        <name>RecentPanel</name>
        <message>
            <source>Recent workspaces</source>
            <translation>最近のワークスペース</translation>
        </message>
        <message>
            <source>New from folder…</source>
            <translation>フォルダから新規作成…</translation>
        </message>
        <message>
            <source>Open…</source>
            <translation>開く…</translation>
        </message>
        <message>
            <source>Open the demo</source>
            <translation>デモを開く</translation>
        </message>
    </context>
    <context>
        <name>ReleaseScreen</name>
        <message>
            <source>Checking the conditions…</source>
            <translation>条件を確認しています…</translation>
        </message>
        <message>
            <source>Release</source>
            <translation>書き出し</translation>
        </message>
        <message>
            <source>Ready for release</source>
            <translation>書き出せます</translation>
        </message>
        <message>
            <source>Release not possible</source>
            <translation>書き出し不可</translation>
        </message>
        <message>
            <source>All %1 conditions are met.</source>
            <translation>条件 %1 項目すべてに適合しています。</translation>
        </message>
        <message>
            <source>%1 of %2 conditions are open. Once they are settled, the data can be released here.</source>
            <translation>条件 %2 項目のうち %1 項目が未解決です。解決するとここで書き出せます。</translation>
        </message>
        <message numerus="yes">
            <source>%n recommended candidates are open. They do not prevent the release; the report names them as not done.</source>
            <translation>
                <numerusform>推奨 %n 件が未判断です。書き出しは妨げませんが、未実施として報告書に残ります。</numerusform>
            </translation>
        </message>
        <message>
            <source>Change purpose and notice</source>
            <translation>利用目的と公表事項を変更</translation>
        </message>
        <message>
            <source>Verified: %1 files are as they were released.</source>
            <translation>検証済み：%1 ファイルは書き出したときのままです。</translation>
        </message>
        <message>
            <source>%1 of %2 files differ from the manifest.</source>
            <translation>%2 ファイル中 %1 件がマニフェストと異なります。</translation>
        </message>
        <message>
            <source>Check again</source>
            <translation>再検査</translation>
        </message>
        <message>
            <source>Conditions of release</source>
            <translation>書き出しの条件</translation>
        </message>
        <message>
            <source>move</source>
            <translation>移動</translation>
        </message>
        <message>
            <source>open</source>
            <comment>key hint</comment>
            <translation>開く</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>見る</translation>
        </message>
        <message>
            <source>Verify the release</source>
            <translation>書き出しを検証</translation>
        </message>
        <message>
            <source>What is written</source>
            <translation>書き出されるもの</translation>
        </message>
        <message>
            <source>Purpose and public notice (4.9, 3.7.1)</source>
            <translation>利用目的と公表事項（4.9・3.7.1）</translation>
        </message>
        <message>
            <source>Edit</source>
            <translation>編集</translation>
        </message>
        <message>
            <source>Edit purpose and public notice</source>
            <translation>利用目的と公表事項を編集</translation>
        </message>
        <message>
            <source>Deleted information (3.8)</source>
            <translation>削除情報等の扱い（3.8）</translation>
        </message>
        <message>
            <source>Order of release</source>
            <translation>書き出しの順序</translation>
        </message>
        <message>
            <source>Copy the confirmed files, byte for byte</source>
            <translation>確認したファイルを、そのままのバイト列で複写する</translation>
        </message>
        <message>
            <source>Read them back and compare the SHA-256 of each</source>
            <translation>書き出し先から読み直し、SHA-256 を 1 ファイルずつ照合する</translation>
        </message>
        <message>
            <source>Write manifest, report, terms and notice; the folder then appears as a whole</source>
            <translation>マニフェスト・報告書・利用条件・公表文を書き、フォルダ全体を一度に現す</translation>
        </message>
        <message>
            <source>Destroy the deleted information, or record why it is kept</source>
            <translation>削除情報等を消去する（または保管の理由を記録する）</translation>
        </message>
        <message>
            <source>When it is cancelled or fails on the way, nothing stays at the destination.</source>
            <translation>途中で中止・失敗したときは、書き出し先に何も残しません。</translation>
        </message>
        <message>
            <source>Released</source>
            <translation>書き出し済み</translation>
        </message>
        <message>
            <source>The data set was released, and the deleted information is destroyed: nothing can be processed or released from this workspace any more. The log stays.</source>
            <translation>書き出しは完了し、削除情報等は消去されています。このワークスペースから加工や書き出しはもうできません。記録は残ります。</translation>
        </message>
        <message>
            <source>Release the confirmed files and destroy the deleted information?</source>
            <translation>確認済みのファイルを書き出し、削除情報等を消去しますか？</translation>
        </message>
        <message>
            <source>After the files are written and read back, the correspondence table, the key, the date shifts and the original values in this workspace are erased (3.8). There is no way back.</source>
            <translation>書き出して読み直したあと、このワークスペースの対応表・鍵・日付のずらし幅・元の値を消去します（3.8）。元に戻せません。</translation>
        </message>
        <message>
            <source>Release and destroy</source>
            <translation>書き出して消去</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>キャンセル</translation>
        </message>
        <message>
            <source>Released: %1 files, read back and equal to what was confirmed. The deleted information is destroyed in this workspace.</source>
            <translation>%1 ファイルを書き出しました。読み直した結果は確認したものと一致しています。このワークスペースの削除情報等は消去しました。</translation>
        </message>
        <message>
            <source>The papers are written.</source>
            <translation>書類を書き出しました。</translation>
        </message>
        <message>
            <source>Legal basis and papers…</source>
            <translation>法的根拠と書類…</translation>
        </message>
    </context>
    <context>
        <name>RemovalBox</name>
        <message>
            <source>Outer skin</source>
            <translation>表層</translation>
        </message>
        <message>
            <source>Plane</source>
            <translation>平面</translation>
        </message>
        <message>
            <source>How the face is taken off</source>
            <translation>除去のしかた</translation>
        </message>
        <message>
            <source>Ears</source>
            <translation>耳</translation>
        </message>
        <message>
            <source>The ears are taken off too.</source>
            <translation>耳も除去します。</translation>
        </message>
        <message>
            <source>Eyes</source>
            <translation>目</translation>
        </message>
        <message>
            <source>Eyeballs and orbits go too; off: they stay behind 3 mm of lid.</source>
            <translation>眼球と眼窩も除去します。外すと、まぶた3 mmの奥に残します。</translation>
        </message>
        <message>
            <source>Teeth and mouth</source>
            <translation>歯・口</translation>
        </message>
        <message>
            <source>The mouth goes too; off: what lies deeper than lips and cheeks stays.</source>
            <translation>口腔も除去します。外すと、唇と頬より深い部分を残します。</translation>
        </message>
    </context>
    <context>
        <name>RiskModel</name>
        <message numerus="yes">
            <source>%n people</source>
            <translation>
                <numerusform>%n 名</numerusform>
            </translation>
        </message>
        <message>
            <source>not singled out</source>
            <translation>特定されない</translation>
        </message>
        <message>
            <source>reason recorded</source>
            <translation>理由を記録</translation>
        </message>
        <message>
            <source>open</source>
            <translation>未対応</translation>
        </message>
        <message>
            <source>People</source>
            <translation>人数</translation>
        </message>
        <message>
            <source>State</source>
            <translation>状態</translation>
        </message>
        <message>
            <source>Subjects</source>
            <translation>対象者</translation>
        </message>
        <message>
            <source>%1 (not decided yet: as processing would leave it)</source>
            <translation>%1（未判断：このまま加工した場合の値）</translation>
        </message>
    </context>
    <context>
        <name>RiskScreen</name>
        <message>
            <source>Computing…</source>
            <translation>計算中…</translation>
        </message>
        <message numerus="yes">
            <source>%n values</source>
            <translation>
                <numerusform>%n 値</numerusform>
            </translation>
        </message>
        <message>
            <source>%1 subjects, %2 combinations, %3 singled out</source>
            <translation>対象者 %1 名・%2 組・1 名に特定 %3 名</translation>
        </message>
        <message>
            <source>Fields combined</source>
            <translation>組み合わせる項目</translation>
        </message>
        <message>
            <source>Computed from the values after processing, one row a person across all kinds of data (5.6). The gate always looks at all fields. An asterisk: not decided yet, as processing would leave it.</source>
            <translation>加工後の値で計算しています。データの種類をまたいで、対象者ごとに 1 行にまとめます（5.6）。書き出しの条件は常に全項目で判定します。* は未判断（このまま加工した場合の値）。</translation>
        </message>
        <message>
            <source>Combinations of quasi-identifiers</source>
            <translation>準識別子の組み合わせ</translation>
        </message>
        <message>
            <source>1 or 2 people</source>
            <translation>1～2 名の組</translation>
        </message>
        <message>
            <source>All</source>
            <translation>すべて</translation>
        </message>
        <message>
            <source>People who share a combination</source>
            <translation>同じ組み合わせになる人数</translation>
        </message>
        <message>
            <source>vertical: number of subjects</source>
            <translation>縦：対象者数</translation>
        </message>
        <message>
            <source>Method tried on: %1</source>
            <translation>試す加工：%1</translation>
        </message>
        <message>
            <source>This cannot be tried on these values.</source>
            <translation>この値には試せません。</translation>
        </message>
        <message>
            <source>Nobody is alone here; the cohort comes from %1 people.</source>
            <translation>1名になる人はいません。母集団は %1 人です。</translation>
        </message>
        <message>
            <source>Of the %1 people the cohort comes from (2020 census), about %2 would be alone as well: one alone here is alone there with a probability of %3 % (Pitman model, Hoshino 2001).</source>
            <translation>母集団 %1 人（2020年国勢調査）のうち約 %2 人が母集団でも1名になる見込みです。ここで1名の人が母集団でも1名である確率は %3 % です（ピットマンモデル、Hoshino 2001）。</translation>
        </message>
        <message>
            <source>The cohort is too small to estimate how many of the %1 people it comes from are alone as well; everybody alone here counts as alone there.</source>
            <translation>対象者が少なく、母集団 %1 人での一意性を推定できません。ここで1名の人は母集団でも1名とみなします。</translation>
        </message>
        <message>
            <source>%1: %2 % of what it tells is lost, %3 → %4 values</source>
            <translation>%1：情報の %2 % を損失、値の種類 %3 → %4</translation>
        </message>
        <message numerus="yes">
            <source>%n records deleted</source>
            <translation>
                <numerusform>%n 件のレコードを削除</numerusform>
            </translation>
        </message>
        <message>
            <source>Tried: %1. Nothing is changed.</source>
            <translation>試行：%1。実際のデータは変わりません。</translation>
        </message>
        <message>
            <source>Method tried on records</source>
            <translation>レコードに試す加工</translation>
        </message>
    </context>
    <context>
        <name>RuleModel</name>
        <message>
            <source>Clinical text</source>
            <translation>診療文書</translation>
        </message>
        <message>
            <source>Physiology</source>
            <translation>生体信号</translation>
        </message>
        <message>
            <source>Pictures</source>
            <translation>画像</translation>
        </message>
        <message>
            <source>Genome</source>
            <translation>ゲノム</translation>
        </message>
        <message>
            <source>Any</source>
            <translation>共通</translation>
        </message>
        <message>
            <source>as the policy</source>
            <translation>方針どおり</translation>
        </message>
        <message>
            <source>%1, cannot be switched off</source>
            <translation>%1(変更できません)</translation>
        </message>
        <message>
            <source>Item</source>
            <translation>項目</translation>
        </message>
        <message>
            <source>Data</source>
            <translation>データ</translation>
        </message>
        <message>
            <source>Need</source>
            <translation>必要度</translation>
        </message>
        <message>
            <source>Source</source>
            <translation>根拠</translation>
        </message>
        <message>
            <source>Rule of the site</source>
            <translation>施設の規則</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>理由</translation>
        </message>
    </context>
    <context>
        <name>RulePopup</name>
        <message>
            <source>Guideline %1</source>
            <translation>ガイドライン %1</translation>
        </message>
        <message>
            <source>Item</source>
            <translation>項目</translation>
        </message>
        <message>
            <source>Attribute</source>
            <translation>属性</translation>
        </message>
        <message>
            <source>Category</source>
            <translation>種類</translation>
        </message>
        <message>
            <source>Requirement</source>
            <translation>要否</translation>
        </message>
        <message>
            <source>Asked for</source>
            <translation>求められる加工</translation>
        </message>
        <message>
            <source>Rule</source>
            <translation>規則</translation>
        </message>
    </context>
    <context>
        <name>RulesPage</name>
        <message>
            <source>as the policy</source>
            <translation>方針どおり</translation>
        </message>
        <message>
            <source>Private elements are decided on one by one, for each device.</source>
            <translation>プライベート要素は、装置ごとに一つずつ判断します。</translation>
        </message>
        <message>
            <source>The guideline requires this item: it cannot be switched off. A single finding can be kept with a reason where it is decided on.</source>
            <translation>ガイドラインの必須項目です。加工を止めることはできません。個別の候補は、判断の画面で理由を付けて保持できます。</translation>
        </message>
        <message>
            <source>To keep an item a reason is needed; it is recorded with every decision that follows from it.</source>
            <translation>保持するには理由が必要です。理由は、この規則による判断のすべてに記録されます。</translation>
        </message>
        <message>
            <source>Item, section, reason</source>
            <translation>項目、節、理由</translation>
        </message>
        <message>
            <source>Search rules</source>
            <translation>規則の検索</translation>
        </message>
        <message>
            <source>Rules of the guideline and of the site</source>
            <translation>ガイドラインと施設の規則</translation>
        </message>
        <message>
            <source>Processing</source>
            <translation>処理</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>理由</translation>
        </message>
        <message>
            <source>Put into the policy</source>
            <translation>処理方針に入れる</translation>
        </message>
    </context>
    <context>
        <name>SampleModel</name>
        <message>
            <source>not yet</source>
            <translation>未判定</translation>
        </message>
        <message>
            <source>clean</source>
            <translation>問題なし</translation>
        </message>
        <message>
            <source>leak</source>
            <translation>漏れあり</translation>
        </message>
        <message>
            <source>unsure</source>
            <translation>判断保留</translation>
        </message>
        <message>
            <source>sent back</source>
            <translation>差し戻し</translation>
        </message>
        <message>
            <source>changed since</source>
            <translation>抽出後に変更</translation>
        </message>
        <message>
            <source>No.</source>
            <translation>番号</translation>
        </message>
        <message>
            <source>Subject</source>
            <translation>対象者</translation>
        </message>
        <message>
            <source>Data</source>
            <translation>件数</translation>
        </message>
        <message>
            <source>Judgement</source>
            <translation>判断</translation>
        </message>
    </context>
    <context>
        <name>SamplePanel</name>
        <message numerus="yes">
            <source>%n data sent back: to be decided, processed and confirmed again.</source>
            <translation>
                <numerusform>%n 件を差し戻しました。判断・加工・目視確認をやり直してください。</numerusform>
            </translation>
        </message>
        <message>
            <source>Draw another</source>
            <translation>もう一度抽出</translation>
        </message>
        <message>
            <source>Draw a sample</source>
            <translation>標本を抽出</translation>
        </message>
        <message>
            <source>No sample was drawn yet. It is drawn at random from what is confirmed, stratified by kind of data, so large that without a leak it shows what is wanted above.</source>
            <translation>まだ標本は抽出されていません。確認済みのデータから種類ごとに層別して無作為に抽出します。漏れが見つからなければ上の条件を示せる大きさにします。</translation>
        </message>
        <message>
            <source>To be looked at</source>
            <translation>見るデータ</translation>
        </message>
        <message>
            <source>%1 of %2 confirmed data, from each of %3 kinds (%4 confidence, at most %5 leaks). Seed %6, logged. Drawn by %7, %8.</source>
            <translation>確認済み %2 件から %1 件、%3 種類から層別 (信頼度 %4、漏れ %5 以下)。乱数の種 %6 (記録済み)。抽出者 %7、%8。</translation>
        </message>
        <message numerus="yes">
            <source>%n data drawn</source>
            <translation>
                <numerusform>抽出した %n 件</numerusform>
            </translation>
        </message>
        <message>
            <source>Upper bound on the share of leaks: %1</source>
            <translation>漏れの割合の上限: %1</translation>
        </message>
        <message>
            <source>With %1 confidence: at most %2 of %3 data. %4 leaks and %5 unsure in %6 judged. If the rest is clean: ≤ %7. For data made in the same way (Clopper-Pearson): ≤ %8.</source>
            <translation>信頼度 %1 で、%3 件中 %2 件以下。判定 %6 件のうち漏れ %4 件、保留 %5 件。残りに問題がなければ ≤ %7。同じ方法で作るデータ全般 (Clopper-Pearson) は ≤ %8。</translation>
        </message>
        <message>
            <source>%1: %2 of %3 judged, at most %4 leaks among %5</source>
            <translation>%1: %3 件中 %2 件を判定、全 %5 件のうち漏れは %4 件以下</translation>
        </message>
        <message>
            <source>%1 left</source>
            <translation>残り %1</translation>
        </message>
        <message>
            <source>Send back what failed (%1)</source>
            <translation>漏れのあるデータを差し戻す (%1 件)</translation>
        </message>
        <message>
            <source>Sample</source>
            <translation>標本</translation>
        </message>
        <message>
            <source>Confidence wanted</source>
            <translation>求める信頼度</translation>
        </message>
        <message>
            <source>Leaks to be excluded above</source>
            <translation>許容する漏れの割合</translation>
        </message>
        <message>
            <source>Bound on the share of leaks</source>
            <translation>漏れの割合の上限</translation>
        </message>
        <message>
            <source>Data drawn</source>
            <translation>抽出したデータ</translation>
        </message>
    </context>
    <context>
        <name>ScopeBox</name>
        <message>
            <source>%1 %2</source>
            <translation>%1 %2</translation>
        </message>
        <message numerus="yes">
            <source>Apply to all %n occurrences of this subject</source>
            <translation>
                <numerusform>同一患者の全出現 %n 件に適用</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Apply to all %n of this rule in this asset</source>
            <translation>
                <numerusform>このデータの同じ規則 %n 件に適用</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Apply to all %n of this rule in this subject</source>
            <translation>
                <numerusform>同一患者の同じ規則 %n 件に適用</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Apply to all %n of this rule everywhere</source>
            <translation>
                <numerusform>すべてのデータの同じ規則 %n 件に適用</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Apply to all %n occurrences everywhere</source>
            <translation>
                <numerusform>すべてのデータの全出現 %n 件に適用</numerusform>
            </translation>
        </message>
        <message>
            <source>Same value in this subject</source>
            <translation>同一患者の同じ値</translation>
        </message>
        <message>
            <source>Same rule in this asset</source>
            <translation>このデータの同じ規則</translation>
        </message>
        <message>
            <source>Same rule in this subject</source>
            <translation>同一患者の同じ規則</translation>
        </message>
        <message>
            <source>Same rule everywhere</source>
            <translation>すべてのデータの同じ規則</translation>
        </message>
        <message>
            <source>Same value everywhere</source>
            <translation>すべてのデータの同じ値</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <translation>%1：%2</translation>
        </message>
        <message>
            <source>Other scope…</source>
            <translation>適用する範囲…</translation>
        </message>
        <message>
            <source>No other one is alike</source>
            <translation>ほかに同じものはありません</translation>
        </message>
    </context>
    <context>
        <name>Sentences</name>
        <message>
            <source>The source was not changed; the other files are handled as usual.</source>
            <translation>元データは変更していません。ほかのファイルは通常どおり処理します。</translation>
        </message>
        <message>
            <source>All decisions and processed files are as they were.</source>
            <translation>判断と加工済みファイルはすべて元のままです。</translation>
        </message>
        <message>
            <source>Nothing partial was written.</source>
            <translation>途中までのファイルは残っていません。</translation>
        </message>
        <message>
            <source>Import a readable copy, or exclude this file with a reason.</source>
            <translation>読めるものを取り込み直すか、理由を付けてこのファイルを除外してください。</translation>
        </message>
        <message>
            <source>The file or item no longer exists.</source>
            <translation>ファイルまたは項目がもうありません。</translation>
        </message>
        <message>
            <source>Check the place and try again.</source>
            <translation>場所を確かめて、もう一度実行してください。</translation>
        </message>
        <message>
            <source>The file could not be read.</source>
            <translation>ファイルを読めませんでした。</translation>
        </message>
        <message>
            <source>Check its permissions and the medium, then import it again.</source>
            <translation>権限と媒体を確かめて、もう一度取り込んでください。</translation>
        </message>
        <message>
            <source>The file is empty.</source>
            <translation>ファイルが空です。</translation>
        </message>
        <message>
            <source>The file ends too early.</source>
            <translation>ファイルが途中で切れています。</translation>
        </message>
        <message>
            <source>The file is damaged or breaks its format.</source>
            <translation>ファイルが壊れているか、形式に合っていません。</translation>
        </message>
        <message>
            <source>The format was not recognised.</source>
            <translation>形式を判別できませんでした。</translation>
        </message>
        <message>
            <source>This format is not supported yet.</source>
            <translation>この形式はまだ扱えません。</translation>
        </message>
        <message>
            <source>The format %1 is not supported yet.</source>
            <translation>形式 %1 はまだ扱えません。</translation>
        </message>
        <message>
            <source>Exclude it with a reason, or convert it first.</source>
            <translation>理由を付けて除外するか、先に変換してください。</translation>
        </message>
        <message>
            <source>The character encoding could not be told for certain.</source>
            <translation>文字コードを確実に判別できませんでした。</translation>
        </message>
        <message>
            <source>Convert the file to UTF-8 and import it again, or exclude it.</source>
            <translation>UTF-8 に変換して取り込み直すか、除外してください。</translation>
        </message>
        <message>
            <source>The picture's compression is not supported.</source>
            <translation>画像の圧縮形式を扱えません。</translation>
        </message>
        <message>
            <source>Export it from the archive with another compression, or exclude it.</source>
            <translation>保管システムから別の圧縮形式で出力し直すか、除外してください。</translation>
        </message>
        <message>
            <source>The file is protected by a password.</source>
            <translation>ファイルがパスワードで保護されています。</translation>
        </message>
        <message>
            <source>Import a copy without protection, or exclude it with a reason.</source>
            <translation>保護を外したものを取り込むか、理由を付けて除外してください。</translation>
        </message>
        <message>
            <source>The file is larger than can be handled safely.</source>
            <translation>ファイルが大きすぎて安全に扱えません。</translation>
        </message>
        <message>
            <source>The file is larger than the limit of %1.</source>
            <translation>ファイルが上限（%1）を超えています。</translation>
        </message>
        <message>
            <source>Split it, or exclude it with a reason.</source>
            <translation>分割するか、理由を付けて除外してください。</translation>
        </message>
        <message>
            <source>The file is nested more deeply than is safe to read.</source>
            <translation>入れ子が深すぎて安全に読めません。</translation>
        </message>
        <message>
            <source>The file or archive has more entries than is safe to read.</source>
            <translation>項目が多すぎて安全に読めません。</translation>
        </message>
        <message>
            <source>Split it into smaller ones, or exclude it with a reason.</source>
            <translation>小さく分けるか、理由を付けて除外してください。</translation>
        </message>
        <message>
            <source>The document refers to outside entities, which Kamei never loads.</source>
            <translation>文書が外部実体を参照しています。Kamei はこれを読み込みません。</translation>
        </message>
        <message>
            <source>An entry of the archive points outside of it and was refused.</source>
            <translation>書庫の中に外部を指す項目があり、拒否しました。</translation>
        </message>
        <message>
            <source>Check where the archive comes from; exclude it with a reason.</source>
            <translation>書庫の出所を確かめ、理由を付けて除外してください。</translation>
        </message>
        <message>
            <source>Links in the folder lead in a circle.</source>
            <translation>フォルダ内のリンクが循環しています。</translation>
        </message>
        <message>
            <source>Import the folder that the link points to.</source>
            <translation>リンク先のフォルダを直接取り込んでください。</translation>
        </message>
        <message>
            <source>This is a device or a pipe, not a file.</source>
            <translation>ファイルではなく、装置またはパイプです。</translation>
        </message>
        <message>
            <source>Choose files or folders.</source>
            <translation>ファイルまたはフォルダを選んでください。</translation>
        </message>
        <message>
            <source>A source file is no longer the one that was imported.</source>
            <translation>元データのファイルが取込時と異なります。</translation>
        </message>
        <message>
            <source>Put the original back, or import the new one and decide again.</source>
            <translation>元のファイルに戻すか、新しいファイルを取り込んで判断し直してください。</translation>
        </message>
        <message>
            <source>A source file is no longer where it was imported from.</source>
            <translation>元データのファイルが取込時の場所にありません。</translation>
        </message>
        <message>
            <source>Connect the medium or put the file back, then run the same action again.</source>
            <translation>媒体を接続するかファイルを戻して、同じ操作をもう一度実行してください。</translation>
        </message>
        <message>
            <source>This folder is not a Kamei workspace.</source>
            <translation>このフォルダは Kamei のワークスペースではありません。</translation>
        </message>
        <message>
            <source>Nothing was changed in it.</source>
            <translation>中身は変更していません。</translation>
        </message>
        <message>
            <source>Choose a workspace folder, or make a new workspace.</source>
            <translation>ワークスペースのフォルダを選ぶか、新しく作成してください。</translation>
        </message>
        <message>
            <source>The workspace is damaged and was not opened.</source>
            <translation>ワークスペースが壊れているため、開きませんでした。</translation>
        </message>
        <message>
            <source>Nothing was changed in it; the sources are untouched.</source>
            <translation>中身は変更していません。元データもそのままです。</translation>
        </message>
        <message>
            <source>Restore the workspace folder from a backup.</source>
            <translation>バックアップからワークスペースのフォルダを復元してください。</translation>
        </message>
        <message>
            <source>The workspace was made by a newer Kamei (version %1; this one knows %2).</source>
            <translation>より新しい Kamei で作られたワークスペースです（版 %1、この Kamei は %2 まで）。</translation>
        </message>
        <message>
            <source>The workspace was made by a newer Kamei.</source>
            <translation>より新しい Kamei で作られたワークスペースです。</translation>
        </message>
        <message>
            <source>Open it with the newer Kamei.</source>
            <translation>新しい Kamei で開いてください。</translation>
        </message>
        <message>
            <source>Another Kamei is writing to this workspace.</source>
            <translation>ほかの Kamei がこのワークスペースに書き込んでいます。</translation>
        </message>
        <message>
            <source>Another Kamei (process %1) is writing to this workspace.</source>
            <translation>ほかの Kamei（プロセス %1）がこのワークスペースに書き込んでいます。</translation>
        </message>
        <message>
            <source>Nothing was changed.</source>
            <translation>変更はありません。</translation>
        </message>
        <message>
            <source>Close it there, or open the workspace for reading only.</source>
            <translation>そちらを閉じるか、閲覧専用で開いてください。</translation>
        </message>
        <message>
            <source>The workspace cannot be written to.</source>
            <translation>ワークスペースに書き込めません。</translation>
        </message>
        <message>
            <source>Everything in it can still be looked at.</source>
            <translation>内容はすべて閲覧できます。</translation>
        </message>
        <message>
            <source>Copy it to a medium that can be written to, or ask for permission.</source>
            <translation>書き込める媒体に複写するか、権限を依頼してください。</translation>
        </message>
        <message>
            <source>There is something in this folder already.</source>
            <translation>このフォルダにはすでに何かあります。</translation>
        </message>
        <message>
            <source>Choose a new or an empty folder.</source>
            <translation>新しいフォルダか空のフォルダを選んでください。</translation>
        </message>
        <message>
            <source>Nothing can be released; all data are still there.</source>
            <translation>書き出しはできません。データはすべて残っています。</translation>
        </message>
        <message>
            <source>Keep the workspace as it is and tell the person responsible.</source>
            <translation>ワークスペースをそのまま保ち、責任者に連絡してください。</translation>
        </message>
        <message>
            <source>A value is not possible here.</source>
            <translation>ここでは使えない値です。</translation>
        </message>
        <message>
            <source>Correct it and try again.</source>
            <translation>直してから、もう一度実行してください。</translation>
        </message>
        <message>
            <source>A required candidate is not processed without a written reason.</source>
            <translation>必須の候補を加工しない場合は、理由の記入が必要です。</translation>
        </message>
        <message>
            <source>Write the reason and try again.</source>
            <translation>理由を書いてから、もう一度実行してください。</translation>
        </message>
        <message>
            <source>This is not possible in the present state.</source>
            <translation>現在の状態ではできません。</translation>
        </message>
        <message>
            <source>Look at what changed since, and try again.</source>
            <translation>変わった点を確かめて、もう一度実行してください。</translation>
        </message>
        <message>
            <source>The conditions of release are not met.</source>
            <translation>書き出しの条件を満たしていません。</translation>
        </message>
        <message>
            <source>Settle the open points on the release screen.</source>
            <translation>「書き出し」画面で未解決の項目を解決してください。</translation>
        </message>
        <message>
            <source>There is nothing to undo.</source>
            <translation>元に戻す操作はありません。</translation>
        </message>
        <message>
            <source>Go on.</source>
            <translation>そのまま続けてください。</translation>
        </message>
        <message>
            <source>There is no space left on the disk.</source>
            <translation>ディスクの空きがありません。</translation>
        </message>
        <message>
            <source>Nothing partial was written; all decisions are kept.</source>
            <translation>途中までのファイルは残っていません。判断はすべて保存されています。</translation>
        </message>
        <message>
            <source>Free some space, then run the same action again: it goes on where it stopped.</source>
            <translation>空きを作って、同じ操作をもう一度実行してください。続きから再開します。</translation>
        </message>
        <message>
            <source>Reading from or writing to the disk failed.</source>
            <translation>ディスクの読み書きに失敗しました。</translation>
        </message>
        <message>
            <source>Check the medium, then run the same action again.</source>
            <translation>媒体を確かめて、同じ操作をもう一度実行してください。</translation>
        </message>
        <message>
            <source>You have no permission for this file or folder.</source>
            <translation>このファイルまたはフォルダの権限がありません。</translation>
        </message>
        <message>
            <source>Choose another place, or ask for permission.</source>
            <translation>ほかの場所を選ぶか、権限を依頼してください。</translation>
        </message>
        <message>
            <source>There was not enough memory.</source>
            <translation>メモリが足りませんでした。</translation>
        </message>
        <message>
            <source>Close other programs, then run the same action again.</source>
            <translation>ほかのプログラムを閉じて、同じ操作をもう一度実行してください。</translation>
        </message>
        <message>
            <source>The action was cancelled.</source>
            <translation>操作を中止しました。</translation>
        </message>
        <message>
            <source>What was finished is kept; nothing is partial.</source>
            <translation>終わった分は残り、途中のものは残っていません。</translation>
        </message>
        <message>
            <source>Run the same action again to go on.</source>
            <translation>同じ操作をもう一度実行すると続きから再開します。</translation>
        </message>
        <message>
            <source>Something went wrong inside Kamei.</source>
            <translation>Kamei の内部で問題が起きました。</translation>
        </message>
        <message>
            <source>Try again; if it happens again, report the place: %1</source>
            <translation>もう一度実行してください。繰り返す場合は、次の箇所を報告してください：%1</translation>
        </message>
        <message>
            <source>The deleted information is to be kept, and no passphrase was given that is long enough.</source>
            <translation>削除情報等を保管する設定ですが、十分な長さのパスフレーズがありません。</translation>
        </message>
        <message>
            <source>Release again and give the passphrase twice.</source>
            <translation>もう一度書き出し、パスフレーズを 2 回入力してください。</translation>
        </message>
        <message>
            <source>Entry %1 of the audit log was removed.</source>
            <translation>監査記録の %1 番が取り除かれています。</translation>
        </message>
        <message>
            <source>Entry %1 of the audit log was inserted later.</source>
            <translation>監査記録の %1 番は後から差し込まれたものです。</translation>
        </message>
        <message>
            <source>Entries of the audit log were exchanged from number %1 on.</source>
            <translation>監査記録の順序が %1 番から入れ替えられています。</translation>
        </message>
        <message>
            <source>The signature of entry %1 of the audit log is missing or does not hold.</source>
            <translation>監査記録 %1 番の署名がないか、正しくありません。</translation>
        </message>
        <message>
            <source>The confirmation recorded with entry %1 was changed, removed or added.</source>
            <translation>監査記録 %1 番の目視確認の記録が書き換え・削除・追加されています。</translation>
        </message>
        <message>
            <source>The person recorded with entry %1 was changed, removed or added.</source>
            <translation>監査記録 %1 番の担当者の記録が書き換え・削除・追加されています。</translation>
        </message>
        <message>
            <source>The workspace is not as it was when entry %1 was signed.</source>
            <translation>ワークスペースが、監査記録 %1 番の署名時の状態と異なります。</translation>
        </message>
        <message>
            <source>This is an earlier state, or another copy, of a workspace in which work went on (entry %1 was another).</source>
            <translation>作業が進んだワークスペースの以前の状態、または別の複製です (監査記録 %1 番が異なります)。</translation>
        </message>
        <message>
            <source>The workspace's database was changed by other means than this program.</source>
            <translation>ワークスペースのデータベースが本プログラム以外の手段で書き換えられています。</translation>
        </message>
        <message>
            <source>The end of the audit log was changed.</source>
            <translation>監査記録の末尾が書き換えられています。</translation>
        </message>
        <message>
            <source>Entry %1 of the audit log was changed.</source>
            <translation>監査記録の %1 番が書き換えられています。</translation>
        </message>
        <message>
            <source>The rules of this workspace ask for a signature.</source>
            <translation>このワークスペースの規則では署名が必要です。</translation>
        </message>
        <message>
            <source>Sign in with your key (your name, above right) and try again.</source>
            <translation>右上の名前から鍵でサインインし、もう一度実行してください。</translation>
        </message>
        <message>
            <source>Who examines changes nothing but judgements.</source>
            <translation>倫理審査の担当者が変更できるのは判定だけです。</translation>
        </message>
        <message>
            <source>Sign out to work with the data yourself.</source>
            <translation>自分でデータを扱うには、サインアウトしてください。</translation>
        </message>
        <message>
            <source>Nothing is confirmed yet: there is nothing to draw from.</source>
            <translation>まだ何も目視確認されていないため、抽出できません。</translation>
        </message>
        <message>
            <source>Confirm data by eye first.</source>
            <translation>先にデータを目視確認してください。</translation>
        </message>
        <message>
            <source>After the removal a face is still seen, or voxels changed that must stay.</source>
            <translation>除去後も顔が検出されるか、変えてはならない画素が変化しています。</translation>
        </message>
        <message>
            <source>Remove more of it, or overrule the check with a reason (5.4.4).</source>
            <translation>さらに広く除去するか、理由を記して検査結果を覆してください（5.4.4）。</translation>
        </message>
        <message>
            <source>The removal of the face has not been checked.</source>
            <translation>顔貌の除去が未検査です。</translation>
        </message>
        <message>
            <source>Stage again: the check follows.</source>
            <translation>もう一度加工すると検査も行われます。</translation>
        </message>
        <message>
            <source>The face cannot be removed from these data.</source>
            <translation>このデータからは顔貌を除去できません。</translation>
        </message>
        <message>
            <source>Look at it under Face: keep it with a reason, or exclude the data.</source>
            <translation>「顔貌」で確認し、理由を記して保持するか、対象から外してください。</translation>
        </message>
        <message>
            <source>The key of that workspace was destroyed at its release and nothing of it was kept.</source>
            <translation>そのワークスペースの鍵は書き出し時に破棄され、削除情報等も保存されていません。</translation>
        </message>
        <message>
            <source>The same people cannot get the same pseudonyms and date shifts again.</source>
            <translation>同じ人に同じ仮IDと日付のずらし幅を付けることはもうできません。</translation>
        </message>
        <message>
            <source>Make a workspace that does not go on from it; its data cannot be joined to what was released.</source>
            <translation>引き継がずに作成してください。書き出し済みのデータとは結合できません。</translation>
        </message>
        <message>
            <source>That workspace still has its key.</source>
            <translation>そのワークスペースにはまだ鍵があります。</translation>
        </message>
        <message>
            <source>Open it and import the new data there.</source>
            <translation>それを開いて、新しいデータを取り込んでください。</translation>
        </message>
        <message>
            <source>The day until which this deleted information may be kept has passed.</source>
            <translation>この削除情報等の保存期限を過ぎています。</translation>
        </message>
        <message>
            <source>It is to be destroyed, not used (3.8).</source>
            <translation>使用せず、消去してください（3.8）。</translation>
        </message>
    </context>
    <context>
        <name>SettingsScreen</name>
        <message>
            <source>The font size applies everywhere after the next start.</source>
            <translation>文字の大きさは、次の起動から全体に反映されます。</translation>
        </message>
        <message>
            <source>Folder for new workspaces</source>
            <translation>新しいワークスペースのフォルダ</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>設定</translation>
        </message>
        <message>
            <source>Your name</source>
            <translation>あなたの名前</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>言語</translation>
        </message>
        <message>
            <source>Look</source>
            <translation>表示</translation>
        </message>
        <message>
            <source>Font size</source>
            <translation>文字の大きさ</translation>
        </message>
        <message>
            <source>Recorded with every decision and confirmation, and shown in the report.</source>
            <translation>判断と目視確認のたびに記録され、報告書に載ります。</translation>
        </message>
        <message>
            <source>Applies at once.</source>
            <translation>すぐに切り替わります。</translation>
        </message>
        <message>
            <source>Image viewers are always dark.</source>
            <translation>画像の表示は常に暗い背景です。</translation>
        </message>
        <message>
            <source>Applies after the next start.</source>
            <translation>次の起動から反映されます。</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>システムに合わせる</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>明るい</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>暗い</translation>
        </message>
        <message>
            <source>Browse…</source>
            <translation>参照…</translation>
        </message>
        <message>
            <source>Settings hold no data of patients and no titles of workspaces, only their folders.</source>
            <translation>設定には、患者の情報もワークスペースの表題も保存しません。保存するのはフォルダの場所だけです。</translation>
        </message>
    </context>
    <context>
        <name>Sheet</name>
        <message>
            <source>Purpose of use</source>
            <translation>利用目的</translation>
        </message>
        <message>
            <source>Medical data and amount</source>
            <translation>医療情報の種類と量</translation>
        </message>
        <message>
            <source>Purpose after the change</source>
            <translation>変更後の利用目的</translation>
        </message>
        <message>
            <source>That there is joint use</source>
            <translation>共同利用をする旨</translation>
        </message>
        <message>
            <source>Items of data used jointly</source>
            <translation>共同利用する個人データの項目</translation>
        </message>
        <message>
            <source>Range of joint users</source>
            <translation>共同して利用する者の範囲</translation>
        </message>
        <message>
            <source>Purpose of the users</source>
            <translation>利用する者の利用目的</translation>
        </message>
        <message>
            <source>Responsible: name, address, representative</source>
            <translation>管理責任者の名称・住所・代表者氏名</translation>
        </message>
        <message>
            <source>Reason for keeping the deleted information</source>
            <translation>削除情報等を保管する理由</translation>
        </message>
        <message>
            <source>Until when the deleted information is kept</source>
            <translation>削除情報等を保管する期限</translation>
        </message>
    </context>
    <context>
        <name>SheetDialog</name>
        <message>
            <source>Purpose and public notice</source>
            <translation>利用目的と公表事項</translation>
        </message>
        <message>
            <source>Steps ① and ② of the guideline (4.9) and what has to be published for joint use (3.7.1). The notice is written from these texts.</source>
            <translation>ガイドラインの手順①・②（4.9）と、共同利用に際して公表する事項（3.7.1）です。公表文はこの内容から作られます。</translation>
        </message>
        <message>
            <source>For example: development of AI that supports the diagnosis of lung cancer</source>
            <translation>例：肺がんの画像診断を支援する AI の研究開発</translation>
        </message>
        <message>
            <source>For example: chest CT, discharge summaries and laboratory values of 2020 to 2025, 128 people</source>
            <translation>例：2020～2025 年の胸部 CT・退院時要約・検体検査値、128 名分</translation>
        </message>
        <message>
            <source>For example: research and development of AI for diagnostic imaging</source>
            <translation>例：画像診断 AI の研究開発</translation>
        </message>
        <message>
            <source>For example: the data are used jointly as pseudonymised information</source>
            <translation>例：仮名加工情報として共同利用する</translation>
        </message>
        <message>
            <source>For example: CT images, text of summaries, laboratory values, year and month of birth, sex</source>
            <translation>例：CT 画像、要約の本文、検査値、生年月、性別</translation>
        </message>
        <message>
            <source>For example: name of the company or university</source>
            <translation>例：企業・大学の名称</translation>
        </message>
        <message>
            <source>For example: development and evaluation of the program</source>
            <translation>例：プログラムの開発と性能評価</translation>
        </message>
        <message>
            <source>For example: name, address and representative of the hospital</source>
            <translation>例：病院の名称、住所、代表者の氏名</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>キャンセル</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>保存</translation>
        </message>
        <message>
            <source>All fields are filled in.</source>
            <translation>すべて記入済みです。</translation>
        </message>
        <message numerus="yes">
            <source>%n fields are empty.</source>
            <translation>
                <numerusform>%n 項目が未記入です。</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SheetPanel</name>
        <message>
            <source>not filled in</source>
            <translation>未記入</translation>
        </message>
    </context>
    <context>
        <name>SignInDialog</name>
        <message>
            <source>Key</source>
            <translation>鍵</translation>
        </message>
        <message>
            <source>Passphrase</source>
            <translation>パスフレーズ</translation>
        </message>
        <message>
            <source>Your name</source>
            <translation>あなたの名前</translation>
        </message>
        <message>
            <source>You work as</source>
            <translation>役割</translation>
        </message>
        <message>
            <source>Passphrase once more</source>
            <translation>パスフレーズ（確認）</translation>
        </message>
        <message>
            <source>Present passphrase</source>
            <translation>現在のパスフレーズ</translation>
        </message>
        <message>
            <source>New passphrase</source>
            <translation>新しいパスフレーズ</translation>
        </message>
        <message>
            <source>New passphrase once more</source>
            <translation>新しいパスフレーズ (もう一度)</translation>
        </message>
        <message>
            <source>Make a new key…</source>
            <translation>新しい鍵を作る…</translation>
        </message>
        <message>
            <source>Change the passphrase…</source>
            <translation>パスフレーズを変更…</translation>
        </message>
        <message>
            <source>Back to signing in</source>
            <translation>サインインに戻る</translation>
        </message>
        <message>
            <source>Sign out</source>
            <translation>サインアウト</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>キャンセル</translation>
        </message>
        <message>
            <source>Sign in</source>
            <translation>サインイン</translation>
        </message>
        <message>
            <source>Make a signing key</source>
            <translation>署名鍵を作る</translation>
        </message>
        <message>
            <source>Change the passphrase</source>
            <translation>パスフレーズの変更</translation>
        </message>
        <message>
            <source>What you confirm, overrule and release is signed with your key, so that others can verify it.</source>
            <translation>目視確認・必須候補の例外・書き出しに、あなたの鍵で署名します。署名は他の人が検証できます。</translation>
        </message>
        <message>
            <source>The key is kept encrypted in your own folder on this machine, not in the workspace. Nobody can recover the passphrase: if you lose it, make a new key; it is recorded as a new key of the same name.</source>
            <translation>鍵は暗号化し、ワークスペースではなく、この端末のあなたのフォルダーに保存します。パスフレーズは誰にも復元できません。失くした場合は新しい鍵を作ってください。同じ名前の新しい鍵として記録されます。</translation>
        </message>
        <message>
            <source>The key stays the same; only the passphrase that opens it changes.</source>
            <translation>鍵はそのままで、開くためのパスフレーズだけを変更します。</translation>
        </message>
        <message>
            <source>Make the key and sign in</source>
            <translation>鍵を作ってサインイン</translation>
        </message>
        <message>
            <source>Change</source>
            <translation>変更</translation>
        </message>
        <message numerus="yes">
            <source>The passphrase needs at least %n character(s).</source>
            <translation>
                <numerusform>パスフレーズは %n 文字以上にしてください。</numerusform>
            </translation>
        </message>
        <message>
            <source>The two passphrases differ.</source>
            <translation>二つのパスフレーズが一致しません。</translation>
        </message>
        <message>
            <source>Working out the key from the passphrase…</source>
            <translation>パスフレーズから鍵を導出しています…</translation>
        </message>
        <message>
            <source>The passphrase is changed.</source>
            <translation>パスフレーズを変更しました。</translation>
        </message>
        <message>
            <source>The passphrase is not that of this key. Nothing was opened.</source>
            <translation>パスフレーズがこの鍵のものではありません。何も開いていません。</translation>
        </message>
    </context>
    <context>
        <name>SliceView</name>
        <message>
            <source>Slice</source>
            <translation>断面</translation>
        </message>
        <message>
            <source>Slice, %1</source>
            <translation>断面（%1）</translation>
        </message>
        <message>
            <source>slice %1 of %2</source>
            <translation>%2 枚中 %1 枚目</translation>
        </message>
    </context>
    <context>
        <name>SoundBar</name>
        <message>
            <source>Removed</source>
            <translation>除去</translation>
        </message>
        <message>
            <source>Silent in parts</source>
            <translation>一部を無音</translation>
        </message>
        <message>
            <source>Kept as a whole</source>
            <translation>すべて残す</translation>
        </message>
        <message>
            <source>What becomes of the sound</source>
            <translation>音声の扱い</translation>
        </message>
        <message>
            <source>Silent ranges</source>
            <translation>無音の範囲</translation>
        </message>
        <message>
            <source>Silent ranges; choosing one goes there</source>
            <translation>無音の範囲。選ぶとその位置へ移動します</translation>
        </message>
        <message>
            <source>Remove range</source>
            <translation>範囲を消す</translation>
        </message>
        <message>
            <source>The range is heard again; without any range the sound is removed</source>
            <translation>この範囲の音が残ります。範囲がなくなると音声は除去されます</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>理由</translation>
        </message>
        <message>
            <source>Why the rest may be heard</source>
            <translation>残りの音声を残してよい理由</translation>
        </message>
        <message>
            <source>Silent from picture %1: press O on the last one</source>
            <translation>画像 %1 から無音：最後の画像で O を押します</translation>
        </message>
        <message>
            <source>Drag over the sound on the timeline, or press I and O</source>
            <translation>タイムラインの音声の上をドラッグするか、I と O を押します</translation>
        </message>
        <message>
            <source>Without a reason it stays as it was: a voice identifies</source>
            <translation>理由がない間は元のままです（声は本人を示します）</translation>
        </message>
        <message>
            <source>All of the sound is coded anew</source>
            <translation>音声は全体が符号化し直されます</translation>
        </message>
        <message>
            <source>Not decided yet; choose, or drag over what shall be silent</source>
            <translation>まだ判断していません。選ぶか、無音にする所をドラッグします</translation>
        </message>
        <message>
            <source>end</source>
            <translation>終わりまで</translation>
        </message>
    </context>
    <context>
        <name>SoundItem</name>
        <message>
            <source>Sound</source>
            <translation>音声</translation>
        </message>
        <message>
            <source>Sound %1</source>
            <translation>音声 %1</translation>
        </message>
        <message>
            <source>not part of the release</source>
            <translation>書き出しに含まれません</translation>
        </message>
        <message>
            <source>kept: a voice identifies</source>
            <translation>残す（声は本人を示します）</translation>
        </message>
        <message numerus="yes">
            <source>%n range(s) marked, not decided yet</source>
            <translation>
                <numerusform>%n 範囲を指定（まだ判断していません）</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>kept, silent in %n range(s)</source>
            <translation>
                <numerusform>残す（%n 範囲は無音）</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>StandardViews</name>
        <message>
            <source>Front</source>
            <translation>正面</translation>
        </message>
        <message>
            <source>Front R</source>
            <translation>右斜め</translation>
        </message>
        <message>
            <source>Right</source>
            <translation>右</translation>
        </message>
        <message>
            <source>Front L</source>
            <translation>左斜め</translation>
        </message>
        <message>
            <source>Left</source>
            <translation>左</translation>
        </message>
        <message>
            <source>Below</source>
            <translation>下から</translation>
        </message>
    </context>
    <context>
        <name>StatusStrip</name>
        <message>
            <source>Cancelled. What was finished is kept; nothing is partial.</source>
            <translation>中止しました。終わった分は残り、途中のものは残っていません。</translation>
        </message>
        <message>
            <source>required open</source>
            <translation>必須 未判断</translation>
        </message>
        <message>
            <source>recommended open</source>
            <translation>推奨 未判断</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>中止</translation>
        </message>
        <message>
            <source>Cancel the running job</source>
            <translation>実行中のジョブを中止</translation>
        </message>
        <message>
            <source>Progress of the running job</source>
            <translation>実行中のジョブの進み具合</translation>
        </message>
        <message>
            <source>Reading the workspace…</source>
            <translation>ワークスペースを読み込んでいます…</translation>
        </message>
        <message>
            <source>No workspace is open</source>
            <translation>ワークスペースは開いていません</translation>
        </message>
        <message>
            <source>Step %1 of 8: %2</source>
            <translation>手順 %1 %2（全 8 手順）</translation>
        </message>
        <message numerus="yes">
            <source>%n unreadable</source>
            <translation>
                <numerusform>読込不可 %n</numerusform>
            </translation>
        </message>
        <message>
            <source>%1 left</source>
            <translation>残り %1</translation>
        </message>
    </context>
    <context>
        <name>StepCard</name>
        <message>
            <source>open</source>
            <comment>count of findings without decision</comment>
            <translation>件 未判断</translation>
        </message>
        <message>
            <source>Open</source>
            <comment>go there</comment>
            <translation>開く</translation>
        </message>
        <message>
            <source>Open step %1: %2</source>
            <translation>手順 %1 を開く：%2</translation>
        </message>
        <message>
            <source>Not written yet</source>
            <translation>まだ記入されていません</translation>
        </message>
        <message>
            <source>Filled in</source>
            <translation>記載済</translation>
        </message>
        <message>
            <source>To be filled in</source>
            <translation>未記入</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>見直す</translation>
        </message>
        <message>
            <source>Fill in</source>
            <translation>記入</translation>
        </message>
        <message>
            <source>%1 candidates</source>
            <translation>候補 %1 件</translation>
        </message>
        <message>
            <source>%1 data not examined yet</source>
            <translation>未検出 %1 件</translation>
        </message>
        <message>
            <source>%1 unreadable</source>
            <translation>読込不可 %1 件</translation>
        </message>
        <message>
            <source>%1 recommended</source>
            <translation>推奨 %1 件</translation>
        </message>
        <message>
            <source>%1 required</source>
            <translation>必須 %1 件</translation>
        </message>
        <message>
            <source>%1 to be judged</source>
            <translation>要判断 %1 件</translation>
        </message>
        <message>
            <source>%1 singled out</source>
            <translation>特定のおそれ %1 名</translation>
        </message>
        <message>
            <source>What is kept, papers…</source>
            <translation>残す項目・書類…</translation>
        </message>
        <message>
            <source>What is kept for what, legal basis, notice and contract</source>
            <translation>残す項目とその必要性、法的根拠、公表事項、契約</translation>
        </message>
    </context>
    <context>
        <name>StepRoad</name>
        <message>
            <source>Specify (before processing)</source>
            <translation>特定（加工の前に）</translation>
        </message>
        <message>
            <source>Measures (required)</source>
            <translation>措置（必須）</translation>
        </message>
        <message>
            <source>Further measures (recommended)</source>
            <translation>追加的措置（推奨）</translation>
        </message>
    </context>
    <context>
        <name>SurfacePair</name>
        <message>
            <source>Line between before and after</source>
            <translation>加工前と加工後の境の線</translation>
        </message>
    </context>
    <context>
        <name>SurfaceView</name>
        <message>
            <source>Surface</source>
            <translation>表面</translation>
        </message>
        <message>
            <source>Surface, %1</source>
            <translation>表面（%1）</translation>
        </message>
        <message>
            <source>Seen from the front</source>
            <translation>正面から見ています</translation>
        </message>
        <message>
            <source>Seen from behind</source>
            <translation>後ろから見ています</translation>
        </message>
        <message>
            <source>Seen %1 degrees from the patient's right</source>
            <translation>患者の右へ %1 度回した位置から見ています</translation>
        </message>
        <message>
            <source>Seen %1 degrees from the patient's left</source>
            <translation>患者の左へ %1 度回した位置から見ています</translation>
        </message>
        <message>
            <source>, </source>
            <translation>、</translation>
        </message>
        <message>
            <source>Moved: 0 to %1 mm and more</source>
            <translation>移動量：0 ～ %1 mm 以上</translation>
        </message>
        <message>
            <source>Surfaces cannot be drawn on this machine: there is neither EGL without a surface nor an EGL device.</source>
            <translation>この環境では表面を描画できません（画面なしの EGL も EGL 装置もありません）。</translation>
        </message>
    </context>
    <context>
        <name>TableModel</name>
        <message>
            <source>Column %1</source>
            <translation>%1 列目</translation>
        </message>
        <message numerus="yes">
            <source>%n open</source>
            <translation>
                <numerusform>未判断 %n</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>TableView</name>
        <message>
            <source>Cell</source>
            <translation>セル</translation>
        </message>
        <message>
            <source>%1, row %2</source>
            <translation>%1、%2 行目</translation>
        </message>
        <message>
            <source>This column holds</source>
            <translation>この列の内容</translation>
        </message>
        <message>
            <source>Whole column</source>
            <translation>列全体</translation>
        </message>
        <message>
            <source>%1 (suggested)</source>
            <translation>%1（提案）</translation>
        </message>
        <message>
            <source>Table</source>
            <translation>表</translation>
        </message>
        <message>
            <source>Text of the cell</source>
            <translation>セルの本文</translation>
        </message>
        <message>
            <source>Columns</source>
            <translation>列</translation>
        </message>
        <message>
            <source>%1…</source>
            <translation>%1…</translation>
        </message>
        <message>
            <source>By a method of your choice</source>
            <translation>方法を選んで加工</translation>
        </message>
    </context>
    <context>
        <name>TaskList</name>
        <message>
            <source>Next</source>
            <translation>次にすること</translation>
        </message>
        <message>
            <source>most urgent first ·</source>
            <translation>急ぐ順・</translation>
        </message>
        <message>
            <source>starts</source>
            <translation>で開始</translation>
        </message>
    </context>
    <context>
        <name>Tasks</name>
        <message>
            <source>Import data</source>
            <translation>データを取り込む</translation>
        </message>
        <message>
            <source>Files or a folder; sources are never changed.</source>
            <translation>元データは変更しません。</translation>
        </message>
        <message>
            <source>Import…</source>
            <translation>取り込む…</translation>
        </message>
        <message numerus="yes">
            <source>Decide on %n required candidates</source>
            <translation>
                <numerusform>必須の未判断 %n 件を判断する</numerusform>
            </translation>
        </message>
        <message>
            <source>They block release until somebody decides.</source>
            <translation>判断するまで書き出せません。</translation>
        </message>
        <message>
            <source>Start deciding</source>
            <translation>判断を始める</translation>
        </message>
        <message numerus="yes">
            <source>Settle what becomes of %n unreadable data</source>
            <translation>
                <numerusform>読み込めない %n 件の扱いを決める</numerusform>
            </translation>
        </message>
        <message>
            <source>Replace them, or exclude them with a reason.</source>
            <translation>差し替えるか、理由を付けて除外します。</translation>
        </message>
        <message>
            <source>Show the list</source>
            <translation>一覧を開く</translation>
        </message>
        <message numerus="yes">
            <source>Correct %n data that were sent back</source>
            <translation>
                <numerusform>差し戻された %n 件を直す</numerusform>
            </translation>
        </message>
        <message>
            <source>The reviewers' notes say what is left.</source>
            <translation>残っているものは確認者の注記にあります。</translation>
        </message>
        <message>
            <source>Show them</source>
            <translation>一覧を開く</translation>
        </message>
        <message numerus="yes">
            <source>Remove identifiers left in %n processed files</source>
            <translation>
                <numerusform>加工後に残った識別子を除く（%n ファイル）</numerusform>
            </translation>
        </message>
        <message>
            <source>Found by the residual search after processing.</source>
            <translation>加工後の残存検査で見つかりました。</translation>
        </message>
        <message numerus="yes">
            <source>Look at %n people who are singled out</source>
            <translation>
                <numerusform>個人特定のおそれ %n 名を検討する</numerusform>
            </translation>
        </message>
        <message>
            <source>By combinations of quasi-identifiers across data types.</source>
            <translation>データの種類をまたぐ組み合わせ</translation>
        </message>
        <message>
            <source>Open Risk</source>
            <translation>リスクを開く</translation>
        </message>
        <message numerus="yes">
            <source>Judge %n conditional candidates</source>
            <translation>
                <numerusform>要判断の %n 件を判断する</numerusform>
            </translation>
        </message>
        <message>
            <source>UIDs that can be searched, faces: the guideline leaves it to you.</source>
            <translation>検索可能な UID・顔貌などです。</translation>
        </message>
        <message>
            <source>Judge</source>
            <translation>判断する</translation>
        </message>
        <message numerus="yes">
            <source>Process %n data with the present decisions</source>
            <translation>
                <numerusform>%n 件を最新の判断で加工する</numerusform>
            </translation>
        </message>
        <message>
            <source>Writes the files that are then confirmed and released.</source>
            <translation>目視確認するファイルを作ります。</translation>
        </message>
        <message>
            <source>Process</source>
            <translation>加工する</translation>
        </message>
        <message numerus="yes">
            <source>Confirm by eye (%n left)</source>
            <translation>
                <numerusform>目視確認を続ける（残り %n 件）</numerusform>
            </translation>
        </message>
        <message>
            <source>What you confirm is, byte for byte, what leaves.</source>
            <translation>確認したものがそのまま書き出されます。</translation>
        </message>
        <message>
            <source>Go on confirming</source>
            <translation>確認を続ける</translation>
        </message>
        <message numerus="yes">
            <source>Fill in purpose and notice (%n fields)</source>
            <translation>
                <numerusform>利用目的と公表事項を記入する（%n 項目）</numerusform>
            </translation>
        </message>
        <message>
            <source>Purpose, data items and joint use (3.7.1).</source>
            <translation>利用目的・データ項目・共同利用（3.7.1）。</translation>
        </message>
        <message>
            <source>Fill in</source>
            <translation>記入する</translation>
        </message>
        <message numerus="yes">
            <source>Decide on %n recommended candidates</source>
            <translation>
                <numerusform>推奨の未判断 %n 件を判断する</numerusform>
            </translation>
        </message>
        <message>
            <source>Release is possible without; the report will say so.</source>
            <translation>書き出しは妨げませんが、報告書に残ります。</translation>
        </message>
        <message>
            <source>Decide</source>
            <translation>判断する</translation>
        </message>
        <message>
            <source>Release</source>
            <translation>書き出す</translation>
        </message>
        <message>
            <source>Every condition is met.</source>
            <translation>すべての条件に適合しています。</translation>
        </message>
        <message>
            <source>Go to release</source>
            <translation>書き出しへ</translation>
        </message>
        <message numerus="yes">
            <source>Judge %n faces in CT and MR</source>
            <translation>
                <numerusform>CT・MRの顔貌を判断する（%n件）</numerusform>
            </translation>
        </message>
        <message>
            <source>Keep them as quasi-identifiers with a reason, or remove them (5.4.4).</source>
            <translation>理由を記して準識別子として保持するか、除去します (5.4.4)。</translation>
        </message>
        <message>
            <source>Open Face</source>
            <translation>顔貌を開く</translation>
        </message>
        <message>
            <source>Destroy the deleted information: its day has passed</source>
            <translation>削除情報等を消去してください (保存期限切れ)</translation>
        </message>
        <message>
            <source>Deleted information is kept until %1</source>
            <translation>削除情報等の保存期限は %1 です</translation>
        </message>
        <message>
            <source>It was to be kept until %1 (3.8).</source>
            <translation>保存期限は %1 でした (3.8)。</translation>
        </message>
        <message>
            <source>It has to be destroyed then (3.8).</source>
            <translation>期限が来たら消去が必要です (3.8)。</translation>
        </message>
        <message>
            <source>Destroy…</source>
            <translation>消去…</translation>
        </message>
        <message>
            <source>The deleted information this workspace goes on from is past its day</source>
            <translation>引き継いだ削除情報等の保存期限を過ぎています</translation>
        </message>
        <message>
            <source>It was to be kept until %1; it is destroyed where it lies (3.8).</source>
            <translation>保存期限は %1 でした。保管場所で消去してください（3.8）。</translation>
        </message>
        <message>
            <source>Open the log</source>
            <translation>記録を開く</translation>
        </message>
    </context>
    <context>
        <name>TextPage</name>
        <message>
            <source>Text before processing</source>
            <translation>加工前の文書</translation>
        </message>
        <message>
            <source>Text after processing</source>
            <translation>加工後の文書</translation>
        </message>
        <message>
            <source>line %1</source>
            <translation>%1 行目</translation>
        </message>
        <message>
            <source>%1 · %2 characters</source>
            <translation>%1・%2 文字</translation>
        </message>
    </context>
    <context>
        <name>Timeline</name>
        <message>
            <source>Timeline</source>
            <translation>タイムライン</translation>
        </message>
        <message numerus="yes">
            <source>Frame %1 of %2 %3, %n mask(s)</source>
            <translation>
                <numerusform>フレーム %1／%2 %3、マスク %n 件</numerusform>
            </translation>
        </message>
        <message>
            <source>No masks yet: draw one on the picture (B)</source>
            <translation>マスクはまだありません。画像に描いてください（B）</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <translation>%1：%2</translation>
        </message>
        <message numerus="yes">
            <source>%n new scene(s)</source>
            <translation>
                <numerusform>場面の変わり目 %n か所</numerusform>
            </translation>
        </message>
        <message>
            <source>a new scene begins here</source>
            <translation>ここで場面が変わります</translation>
        </message>
    </context>
    <context>
        <name>Titles</name>
        <message>
            <source>Slide %1 × %2</source>
            <translation>スライド %1 × %2</translation>
        </message>
        <message>
            <source>Video %2 × %3, %4 s (%1)</source>
            <translation>動画 %2 × %3、%4 秒（%1）</translation>
        </message>
        <message>
            <source>%1 picture %2 × %3</source>
            <translation>%1 画像 %2 × %3</translation>
        </message>
        <message>
            <source>%1 volume %2 × %3 × %4</source>
            <translation>%1 ボリューム %2 × %3 × %4</translation>
        </message>
        <message>
            <source>Sequences</source>
            <translation>塩基配列</translation>
        </message>
        <message numerus="yes">
            <source>PDF, %n pages</source>
            <translation>
                <numerusform>PDF %n ページ</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Today</name>
        <message>
            <source>Today</source>
            <translation>今日の作業</translation>
        </message>
        <message>
            <source>Decided</source>
            <translation>判断</translation>
        </message>
        <message>
            <source>Confirmed</source>
            <translation>目視確認</translation>
        </message>
        <message>
            <source>Sent back</source>
            <translation>差し戻し</translation>
        </message>
        <message>
            <source>Last saved</source>
            <translation>最終保存</translation>
        </message>
    </context>
    <context>
        <name>TopBar</name>
        <message>
            <source>Search actions, subjects, data</source>
            <translation>操作・対象者・データを検索</translation>
        </message>
        <message>
            <source>Menus</source>
            <translation>メニュー</translation>
        </message>
        <message>
            <source>%1 (read only)</source>
            <translation>%1（閲覧専用）</translation>
        </message>
        <message>
            <source>Workspace: %1</source>
            <translation>ワークスペース：%1</translation>
        </message>
        <message>
            <source>Sign in</source>
            <translation>サインイン</translation>
        </message>
        <message>
            <source>Signed in with the key %1</source>
            <translation>鍵 %1 でサインイン中</translation>
        </message>
        <message>
            <source>Recorded with every decision; sign in with a key to sign them</source>
            <translation>判断とともに記録されます。鍵でサインインすると署名されます</translation>
        </message>
    </context>
    <context>
        <name>TreePanel</name>
        <message>
            <source>Nobody or several</source>
            <translation>対象者不明・複数</translation>
        </message>
        <message numerus="yes">
            <source>%n images</source>
            <translation>
                <numerusform>%n 枚</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n items</source>
            <translation>
                <numerusform>%n 件</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n required open</source>
            <translation>
                <numerusform>必須 未判断 %n 件</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n recommended open</source>
            <translation>
                <numerusform>推奨 未判断 %n 件</numerusform>
            </translation>
        </message>
        <message>
            <source>%1 subjects · %2 assets</source>
            <translation>対象者 %1 名・データ %2 件</translation>
        </message>
        <message>
            <source>Filter subjects, kinds</source>
            <translation>対象者・種類で絞り込み</translation>
        </message>
        <message>
            <source>Order</source>
            <translation>並び順</translation>
        </message>
        <message>
            <source>Open first</source>
            <translation>未判断を先に</translation>
        </message>
        <message>
            <source>By number</source>
            <translation>番号順</translation>
        </message>
        <message>
            <source>Grouping</source>
            <translation>まとめ方</translation>
        </message>
        <message>
            <source>By subject</source>
            <translation>対象者別</translation>
        </message>
        <message>
            <source>By kind</source>
            <translation>種類別</translation>
        </message>
        <message>
            <source>Unreadable</source>
            <translation>読込不可</translation>
        </message>
        <message>
            <source>Sent back</source>
            <translation>差し戻し</translation>
        </message>
        <message>
            <source>Subjects and assets</source>
            <translation>対象者とデータ</translation>
        </message>
        <message>
            <source>Residuals</source>
            <translation>残存あり</translation>
        </message>
        <message>
            <source>Sources changed</source>
            <translation>元データ変更</translation>
        </message>
    </context>
    <context>
        <name>TrialPage</name>
        <message>
            <source>Choose data of this workspace</source>
            <translation>このワークスペースのデータを選ぶ</translation>
        </message>
        <message>
            <source>Try the policy on a DICOM file</source>
            <translation>処理方針をDICOMファイルで試す</translation>
        </message>
        <message>
            <source>Trying the policy…</source>
            <translation>処理方針を試しています…</translation>
        </message>
        <message>
            <source>Every suggestion carried out, nothing decided by hand. The workspace is not touched.</source>
            <translation>提案をすべて実行した結果です。人の判断は含みません。ワークスペースは変わりません。</translation>
        </message>
        <message>
            <source>Data</source>
            <translation>データ</translation>
        </message>
        <message>
            <source>Data of this workspace</source>
            <translation>このワークスペースのデータ</translation>
        </message>
        <message>
            <source>DICOM file…</source>
            <translation>DICOMファイル…</translation>
        </message>
        <message>
            <source>Shows the attributes before and after under the edited policy. Nothing of the file is written or learned.</source>
            <translation>編集中の方針での、加工前と加工後の属性を表示します。ファイルの内容は保存も学習もしません。</translation>
        </message>
    </context>
    <context>
        <name>Trials</name>
        <message>
            <source>as decided</source>
            <translation>判断のとおり</translation>
        </message>
        <message>
            <source>bands of 5</source>
            <translation>5 刻みに一般化</translation>
        </message>
        <message>
            <source>bands of 10</source>
            <translation>10 刻みに一般化</translation>
        </message>
        <message>
            <source>bands of 20</source>
            <translation>20 刻みに一般化</translation>
        </message>
        <message>
            <source>top coding at 85</source>
            <translation>85 でトップコーディング</translation>
        </message>
        <message>
            <source>bottom coding at 20</source>
            <translation>20 でボトムコーディング</translation>
        </message>
        <message>
            <source>micro-aggregation by 3</source>
            <translation>3 件ずつミクロアグリゲーション</translation>
        </message>
        <message>
            <source>noise, deviation 2</source>
            <translation>ノイズ付加（標準偏差 2）</translation>
        </message>
        <message>
            <source>one step coarser</source>
            <translation>一段階粗く</translation>
        </message>
        <message>
            <source>to the prefecture</source>
            <translation>都道府県まで</translation>
        </message>
        <message>
            <source>first three digits</source>
            <translation>上3桁まで</translation>
        </message>
        <message>
            <source>swap a fifth</source>
            <translation>2割をデータ交換</translation>
        </message>
        <message>
            <source>delete cells of those singled out</source>
            <translation>1名になる人のセルを削除</translation>
        </message>
        <message>
            <source>delete</source>
            <translation>項目を削除</translation>
        </message>
        <message>
            <source>records as they are</source>
            <translation>レコードはそのまま</translation>
        </message>
        <message>
            <source>delete records of those singled out</source>
            <translation>1名になる人のレコードを削除</translation>
        </message>
        <message>
            <source>add 50 artificial records</source>
            <translation>疑似データを 50 件追加</translation>
        </message>
        <message>
            <source>add 500 artificial records</source>
            <translation>疑似データを 500 件追加</translation>
        </message>
    </context>
    <context>
        <name>ViewTile</name>
        <message>
            <source>%1, after</source>
            <translation>%1（加工後）</translation>
        </message>
        <message>
            <source>%1, before</source>
            <translation>%1（加工前）</translation>
        </message>
    </context>
    <context>
        <name>WelcomePage</name>
        <message>
            <source>Pseudonymised information from medical records</source>
            <translation>医療情報から仮名加工情報を作成</translation>
        </message>
        <message>
            <source>Kamei leads through the eight steps of the guideline: find what identifies people, decide, process, look at the result, release. What you confirmed is, byte for byte, what leaves.</source>
            <translation>ガイドラインの 8 手順に沿って、個人につながる情報を見つけ、判断し、加工し、目で確かめ、書き出します。確認したものが、1 バイトも違わずにそのまま書き出されます。</translation>
        </message>
        <message>
            <source>Open the demo</source>
            <translation>デモを開く</translation>
        </message>
        <message>
            <source>New from folder…</source>
            <translation>フォルダから新規作成…</translation>
        </message>
        <message>
            <source>Open…</source>
            <translation>開く…</translation>
        </message>
        <message>
            <source>Three fictional people with CT, ultrasound, X-ray, letters and laboratory values.</source>
            <translation>架空の 3 名の CT・超音波・X 線・診療文書・検査値です。</translation>
        </message>
        <message>
            <source>Makes a workspace; your files stay where they are and are never changed.</source>
            <translation>ワークスペースを作ります。元データはその場に残り、変更されません。</translation>
        </message>
        <message>
            <source>Goes on with a workspace that exists.</source>
            <translation>すでにあるワークスペースで続けます。</translation>
        </message>
        <message>
            <source>Recent workspaces</source>
            <translation>最近のワークスペース</translation>
        </message>
        <message>
            <source>Files and folders can be dropped anywhere. Sources are never changed.</source>
            <translation>ファイルやフォルダはどこにでもドロップできます。元データは変更しません。</translation>
        </message>
    </context>
    <context>
        <name>Words</name>
        <message>
            <source>Personal identification code, class 1</source>
            <translation>個人識別符号（1号）</translation>
        </message>
        <message>
            <source>Personal identification code, class 2</source>
            <translation>個人識別符号（2号）</translation>
        </message>
        <message>
            <source>Identifier</source>
            <translation>識別子</translation>
        </message>
        <message>
            <source>Quasi-identifier</source>
            <translation>準識別子</translation>
        </message>
        <message>
            <source>Information that may cause financial harm</source>
            <translation>財産的被害が生じるおそれのある情報</translation>
        </message>
        <message>
            <source>Linking code</source>
            <translation>連結符号</translation>
        </message>
        <message>
            <source>Contact information</source>
            <translation>連絡先情報</translation>
        </message>
        <message>
            <source>No category</source>
            <translation>分類なし</translation>
        </message>
        <message>
            <source>P</source>
            <comment>letter of: personal identification code</comment>
            <translation>符</translation>
        </message>
        <message>
            <source>I</source>
            <comment>letter of: identifier</comment>
            <translation>識</translation>
        </message>
        <message>
            <source>Q</source>
            <comment>letter of: quasi-identifier</comment>
            <translation>準</translation>
        </message>
        <message>
            <source>F</source>
            <comment>letter of: financial harm</comment>
            <translation>財</translation>
        </message>
        <message>
            <source>L</source>
            <comment>letter of: linking code</comment>
            <translation>結</translation>
        </message>
        <message>
            <source>C</source>
            <comment>letter of: contact information</comment>
            <translation>絡</translation>
        </message>
        <message>
            <source>Required</source>
            <translation>必須</translation>
        </message>
        <message>
            <source>Recommended</source>
            <translation>推奨</translation>
        </message>
        <message>
            <source>To be judged (none to recommended)</source>
            <translation>要判断（なし～推奨）</translation>
        </message>
        <message>
            <source>No processing asked</source>
            <translation>加工の必要なし</translation>
        </message>
        <message>
            <source>Judge</source>
            <translation>要判断</translation>
        </message>
        <message>
            <source>Keep</source>
            <comment>requirement</comment>
            <translation>保持</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>保持</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>削除</translation>
        </message>
        <message>
            <source>Replace by a pseudonymous value</source>
            <translation>置換：仮ID</translation>
        </message>
        <message>
            <source>Generalise</source>
            <translation>一般化</translation>
        </message>
        <message>
            <source>Shift the date</source>
            <translation>日付をずらす</translation>
        </message>
        <message>
            <source>Remove identifiers, keep the text</source>
            <translation>識別子のみ除去</translation>
        </message>
        <message>
            <source>Mask the pixels</source>
            <translation>画素のマスク</translation>
        </message>
        <message>
            <source>Remove the face</source>
            <translation>顔貌の除去</translation>
        </message>
        <message>
            <source>Top coding</source>
            <translation>トップコーディング</translation>
        </message>
        <message>
            <source>Bottom coding</source>
            <translation>ボトムコーディング</translation>
        </message>
        <message>
            <source>Microaggregation</source>
            <translation>ミクロアグリゲーション</translation>
        </message>
        <message>
            <source>Swap</source>
            <translation>データ交換（スワップ）</translation>
        </message>
        <message>
            <source>Add noise</source>
            <translation>ノイズ付加</translation>
        </message>
        <message>
            <source>Replace by synthetic data</source>
            <translation>疑似データに置換</translation>
        </message>
        <message>
            <source>Open</source>
            <comment>state of a finding</comment>
            <translation>未判断</translation>
        </message>
        <message>
            <source>Accepted</source>
            <translation>確定</translation>
        </message>
        <message>
            <source>Changed</source>
            <translation>変更</translation>
        </message>
        <message>
            <source>Rejected</source>
            <translation>却下</translation>
        </message>
        <message>
            <source>Rule</source>
            <translation>規則</translation>
        </message>
        <message>
            <source>Dictionary and language analysis</source>
            <translation>辞書・言語解析</translation>
        </message>
        <message>
            <source>Known identifier</source>
            <translation>既知の識別子</translation>
        </message>
        <message>
            <source>Device template</source>
            <translation>装置テンプレート</translation>
        </message>
        <message>
            <source>Text recognised in the picture</source>
            <translation>画像の文字認識</translation>
        </message>
        <message>
            <source>Face detection</source>
            <translation>顔の検出</translation>
        </message>
        <message>
            <source>Added by hand</source>
            <translation>手動で追加</translation>
        </message>
        <message>
            <source>DICOM images</source>
            <translation>DICOM 画像</translation>
        </message>
        <message>
            <source>DICOM video</source>
            <translation>DICOM 動画</translation>
        </message>
        <message>
            <source>DICOM slide</source>
            <translation>DICOM スライド</translation>
        </message>
        <message>
            <source>DICOM document</source>
            <translation>DICOM 文書</translation>
        </message>
        <message>
            <source>Clinical text</source>
            <translation>診療テキスト</translation>
        </message>
        <message>
            <source>Structured document</source>
            <translation>構造化文書</translation>
        </message>
        <message>
            <source>Table</source>
            <translation>検査値・表</translation>
        </message>
        <message>
            <source>Image</source>
            <translation>画像・写真</translation>
        </message>
        <message>
            <source>Video</source>
            <translation>動画</translation>
        </message>
        <message>
            <source>Pathology slide</source>
            <translation>病理スライド</translation>
        </message>
        <message>
            <source>Physiological signal</source>
            <translation>生理機能検査</translation>
        </message>
        <message>
            <source>Genetic test</source>
            <translation>遺伝子検査</translation>
        </message>
        <message>
            <source>PDF</source>
            <translation>PDF文書</translation>
        </message>
        <message>
            <source>Head volume</source>
            <translation>頭部ボリューム</translation>
        </message>
        <message>
            <source>Unreadable</source>
            <translation>読込不可</translation>
        </message>
        <message>
            <source>Imported</source>
            <translation>取込済</translation>
        </message>
        <message>
            <source>Candidates found</source>
            <translation>検出済</translation>
        </message>
        <message>
            <source>Decided</source>
            <translation>判断済</translation>
        </message>
        <message>
            <source>Processed</source>
            <translation>加工済み</translation>
        </message>
        <message>
            <source>Confirmed</source>
            <translation>確認済</translation>
        </message>
        <message>
            <source>Sent back</source>
            <translation>差し戻し</translation>
        </message>
        <message>
            <source>Excluded</source>
            <translation>除外</translation>
        </message>
        <message>
            <source>Every required candidate is decided</source>
            <translation>必須の候補がすべて判断済み</translation>
        </message>
        <message>
            <source>It is settled what becomes of unreadable data</source>
            <translation>読み込めないデータの扱いが決まっている</translation>
        </message>
        <message>
            <source>The processed files reflect the latest decisions</source>
            <translation>加工済みファイルが最新の判断を反映している</translation>
        </message>
        <message>
            <source>The present SHA-256 was confirmed by eye</source>
            <translation>現在の SHA-256 に対する目視確認がある</translation>
        </message>
        <message>
            <source>The residual search finds no identifier</source>
            <translation>残存検査で識別子が見つからない</translation>
        </message>
        <message>
            <source>The source data are as they were at import</source>
            <translation>元データが取込時から変わっていない</translation>
        </message>
        <message>
            <source>The audit log verifies</source>
            <translation>監査ログが検証できる</translation>
        </message>
        <message>
            <source>Purpose of use</source>
            <translation>利用目的を特定</translation>
        </message>
        <message>
            <source>Medical data needed</source>
            <translation>医療情報を特定</translation>
        </message>
        <message>
            <source>Process identifiers</source>
            <translation>識別子に対する措置</translation>
        </message>
        <message>
            <source>Process quasi-identifiers</source>
            <translation>準識別子に対する措置</translation>
        </message>
        <message>
            <source>Delete codes and financial data</source>
            <translation>個人識別符号・財産的被害情報の削除</translation>
        </message>
        <message>
            <source>Delete contacts and linking codes</source>
            <translation>連絡先・連結符号の削除</translation>
        </message>
        <message>
            <source>Importing</source>
            <translation>取込</translation>
        </message>
        <message>
            <source>Finding candidates</source>
            <translation>候補検出</translation>
        </message>
        <message>
            <source>Processing</source>
            <translation>加工</translation>
        </message>
        <message>
            <source>Releasing</source>
            <translation>書き出し</translation>
        </message>
        <message>
            <source>Verifying</source>
            <translation>検証</translation>
        </message>
        <message>
            <source>Preparing the demo</source>
            <translation>デモの準備</translation>
        </message>
        <message>
            <source>Looking for files</source>
            <translation>ファイルの確認</translation>
        </message>
        <message>
            <source>Reading</source>
            <translation>読込</translation>
        </message>
        <message>
            <source>Residual search</source>
            <translation>残存検査</translation>
        </message>
        <message>
            <source>Copying</source>
            <translation>複写</translation>
        </message>
        <message>
            <source>Every candidate to be judged is judged</source>
            <translation>要判断の候補に判断の記録がある</translation>
        </message>
        <message>
            <source>Nobody is singled out, or a reason is recorded</source>
            <translation>組み合わせで特定される人がいない、または理由がある</translation>
        </message>
        <message>
            <source>Purpose, data and notice are filled in (3.7.1)</source>
            <translation>利用目的・データ項目・共同利用の公表事項（3.7.1）</translation>
        </message>
        <message>
            <source>Find identifiers</source>
            <translation>識別子・準識別子等を特定</translation>
        </message>
        <message>
            <source>Reduce other quasi-identifiers</source>
            <translation>目的に不要な準識別子の低減</translation>
        </message>
        <message>
            <source>Following the mask</source>
            <translation>マスクを追跡しています</translation>
        </message>
        <message>
            <source>It is settled whose data they are</source>
            <translation>誰のデータかが確定している</translation>
        </message>
        <message>
            <source>A second person confirmed what two have to confirm</source>
            <translation>二人目の確認が必要なデータは、別の人も確認済み</translation>
        </message>
        <message>
            <source>Confirmations are signed where they have to be</source>
            <translation>署名が必要な目視確認には署名がある</translation>
        </message>
        <message>
            <source>Checking faces</source>
            <translation>顔貌を検査しています</translation>
        </message>
    </context>
    <context>
        <name>WorkRoute</name>
        <message>
            <source>Nothing unreadable is left to settle.</source>
            <translation>未処置の読込不可データはありません。</translation>
        </message>
        <message>
            <source>Nothing is sent back at present.</source>
            <translation>差し戻されたデータはありません。</translation>
        </message>
        <message>
            <source>The residual search found nothing in the processed files.</source>
            <translation>加工後ファイルの残存検査で見つかったものはありません。</translation>
        </message>
        <message>
            <source>All sources are as they were at import.</source>
            <translation>元データはすべて取込時のままです。</translation>
        </message>
        <message>
            <source>No required finding is open.</source>
            <translation>未判断の必須の候補はありません。</translation>
        </message>
        <message>
            <source>No recommended finding is open.</source>
            <translation>未判断の推奨の候補はありません。</translation>
        </message>
        <message>
            <source>No finding is left to be judged.</source>
            <translation>判断待ちの候補はありません。</translation>
        </message>
        <message>
            <source>There is no asset of this kind: %1.</source>
            <translation>この種類のデータはありません：%1</translation>
        </message>
        <message>
            <source>Step %1 has no findings: %2.</source>
            <translation>ステップ%1（%2）の候補はありません。</translation>
        </message>
    </context>
    <context>
        <name>WorkScreen</name>
        <message numerus="yes">
            <source>Accept %n finding(s)</source>
            <translation>
                <numerusform>%n 件を確定</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Reject %n finding(s)</source>
            <translation>
                <numerusform>%n 件を却下</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n left open: they need a reason</source>
            <translation>
                <numerusform>%n 件は未判断のままです（理由が必要です）</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Change %n finding(s)</source>
            <translation>
                <numerusform>%n 件を変更</numerusform>
            </translation>
        </message>
        <message>
            <source>Nothing is open in this asset any more. J goes on with the next one.</source>
            <translation>このデータに未判断はもうありません。J で次のデータへ進みます。</translation>
        </message>
        <message>
            <source>Decide on a column</source>
            <translation>列を判断</translation>
        </message>
        <message numerus="yes">
            <source>Add %n finding(s)</source>
            <translation>
                <numerusform>候補 %n 件を追加</numerusform>
            </translation>
        </message>
        <message>
            <source>Remove a finding</source>
            <translation>候補を取り消し</translation>
        </message>
        <message>
            <source>Take back into the release</source>
            <translation>書き出しの対象に戻す</translation>
        </message>
        <message>
            <source>Exclude from the release</source>
            <translation>書き出しから除外</translation>
        </message>
        <message>
            <source>The asset stays in the workspace and is named in the report with this reason. Its files are not released.</source>
            <translation>データはワークスペースに残り、この理由とともに報告書に記載されます。ファイルは書き出されません。</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>理由</translation>
        </message>
        <message>
            <source>Exclude</source>
            <translation>除外</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>キャンセル</translation>
        </message>
        <message>
            <source>Next finding</source>
            <translation>次の候補</translation>
        </message>
        <message>
            <source>Previous finding</source>
            <translation>前の候補</translation>
        </message>
        <message>
            <source>Accept the finding</source>
            <translation>候補を確定</translation>
        </message>
        <message>
            <source>Reject the finding</source>
            <translation>候補を却下</translation>
        </message>
        <message>
            <source>Change the action…</source>
            <translation>加工を変更…</translation>
        </message>
        <message>
            <source>Apply to all alike</source>
            <translation>同じもの全てに適用</translation>
        </message>
        <message>
            <source>Undo the last decision</source>
            <translation>直前の判断を元に戻す</translation>
        </message>
        <message>
            <source>Before / after</source>
            <translation>加工前／加工後</translation>
        </message>
        <message>
            <source>Next change</source>
            <translation>次の変更</translation>
        </message>
        <message>
            <source>Find in the text</source>
            <translation>文書内を検索</translation>
        </message>
        <message>
            <source>Filter subjects</source>
            <translation>対象者を絞り込み</translation>
        </message>
        <message>
            <source>Nothing open follows.</source>
            <translation>この先に未判断はありません。</translation>
        </message>
        <message>
            <source>Nothing open precedes.</source>
            <translation>この前に未判断はありません。</translation>
        </message>
        <message>
            <source>No mask is drawn yet. Draw one over everything that tells who it is, or reject with a reason when there is nothing.</source>
            <translation>マスクがまだありません。本人を示すものすべてに描くか、何もなければ理由を書いて却下してください。</translation>
        </message>
        <message numerus="yes">
            <source>Covered by %n drawn mask(s)</source>
            <translation>
                <numerusform>描いたマスク %n 件で覆った</numerusform>
            </translation>
        </message>
        <message>
            <source>Drag over the sound on the timeline where it shall be silent, and write there why the rest may be heard.</source>
            <translation>タイムラインの音声の上で無音にする所をドラッグし、残りを残してよい理由をそこに書いてください。</translation>
        </message>
        <message>
            <source>This mask hides nearly the whole picture. Reject it with a reason when it is no face; when it is meant, choose it from the list of actions (E).</source>
            <translation>このマスクは画像のほぼ全体を隠します。顔でなければ理由を書いて却下し、意図したものなら加工の一覧（E）から選んでください。</translation>
        </message>
        <message numerus="yes">
            <source>%n left open: they hide nearly the whole picture</source>
            <translation>
                <numerusform>%n 件は画像のほぼ全体を隠すため、未判断のままです</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Workspaces</name>
        <message>
            <source>Opening the workspace…</source>
            <translation>ワークスペースを開いています…</translation>
        </message>
        <message>
            <source>Opened for reading only: nothing can be changed.</source>
            <translation>閲覧専用で開きました。変更はできません。</translation>
        </message>
        <message>
            <source>The workspace is open.</source>
            <translation>ワークスペースを開きました。</translation>
        </message>
        <message>
            <source>Demo: joint research on imaging</source>
            <translation>デモ：画像診断の共同研究</translation>
        </message>
        <message>
            <source>Development of diagnostic support for head CT (demo)</source>
            <translation>頭部 CT の診断支援の研究開発（デモ）</translation>
        </message>
        <message>
            <source>Open or make a workspace first.</source>
            <translation>先にワークスペースを開くか作成してください。</translation>
        </message>
        <message>
            <source>%1 files imported, %2 already known, %3 could not be read.</source>
            <translation>%1 ファイルを取込、%2 件は取込済み、%3 件は読み込めませんでした。</translation>
        </message>
        <message numerus="yes">
            <source>Candidates looked for in %n data.</source>
            <translation>
                <numerusform>%n 件のデータから候補を検出しました。</numerusform>
            </translation>
        </message>
        <message>
            <source>%1 files processed; the residual search found something in %2.</source>
            <translation>%1 ファイルを加工しました。残存検査で %2 件に見つかりました。</translation>
        </message>
        <message>
            <source>Nothing was processed: no data are ready for it. The table says why.</source>
            <translation>加工したデータはありません。加工できる状態のデータがないためです。理由は一覧に表示しています。</translation>
        </message>
        <message>
            <source>%1 files processed; the residual search found nothing.</source>
            <translation>%1 ファイルを加工しました。残存検査で見つかったものはありません。</translation>
        </message>
        <message>
            <source>Open workspace</source>
            <translation>ワークスペースを開く</translation>
        </message>
        <message>
            <source>Import files</source>
            <translation>ファイルを取り込む</translation>
        </message>
        <message>
            <source>Import a folder</source>
            <translation>フォルダを取り込む</translation>
        </message>
        <message>
            <source>No deleted information is kept beside this workspace.</source>
            <translation>このワークスペースに保存された削除情報等はありません。</translation>
        </message>
        <message>
            <source>Destroy kept deleted information</source>
            <translation>保存した削除情報等の消去</translation>
        </message>
        <message>
            <source>The sealed file is overwritten and removed. Nobody can lead pseudonyms back to people any more, and nothing can be added consistently to what was released.</source>
            <translation>封印したファイルを上書きして削除します。以後、仮IDから本人に戻ることも、書き出し済みのデータに整合する形で追加することもできません。</translation>
        </message>
        <message>
            <source>Destroy it</source>
            <translation>消去する</translation>
        </message>
        <message>
            <source>The kept deleted information is destroyed; the audit log and a record say so.</source>
            <translation>保存した削除情報等を消去しました。監査記録と消去記録に残しました。</translation>
        </message>
    </context>
    <context>
        <name>main</name>
        <message>
            <source>Pseudonymised information from medical records</source>
            <translation>医療情報から仮名加工情報を作成</translation>
        </message>
        <message>
            <source>Workspace folder to open</source>
            <translation>開くワークスペースのフォルダ</translation>
        </message>
        <message>
            <source>Open the demo workspace</source>
            <translation>デモのワークスペースを開く</translation>
        </message>
    </context>
</TS>
