"""The words by which offers and invitations are known. Each line is a list, with ``|`` between its items.

They are compared with texts as :mod:`~bot.features.safety.disguises` reads them: small letters, of one width.
"""

from bot.features.safety.word_lists import WordList

# Hosts whose addresses invite to another place, shorten, or pay whoever brings people along.
INVITING = WordList(
    "discord.gg/|discord.com/invite|discordapp.com/invite|dsc.gg/|discord.me/|discord.io/|invite.gg/|line.me/ti",
    "line.me/r/ti|lin.ee/|t.me/|telegram.me/|telegram.dog/|chat.whatsapp.com/|wa.me/|api.whatsapp.com/",
    "open.kakao.com/|qr.kakao.com/|join.slack.com/|signal.group/|signal.me/|m.me/|join.skype.com/|u.wechat.com/",
    "discord gg/|discord/gg|ディスコード.gg|でぃすこーど.gg|discord.じーじー|でぃすこーど.じーじー",
    "ディスコード.ジージー|disboard.org/server|discord.new/|discord.link/|discord.st/|disboard.org/",
    "top.gg/servers|guilded.gg/|matrix.to/|zalo.me/|vk.me/|ig.me/|/shared_invite/|works.do/|snapchat.com/add",
    "kik.me/|tg://|line://|band.us/|facebook.com/groups|teams.live.com/",
)
SHORTENING = WordList(
    "bit.ly|bitly.com|j.mp|t.co|tinyurl.com|goo.gl|ow.ly|is.gd|v.gd|x.gd|buff.ly|amzn.to|amzn.asia|rb.gy|cutt.ly",
    "shorturl.at|shorturl.asia|adf.ly|tiny.cc|tiny.one|lnkd.in|t.ly|rebrand.ly|onl.la|onl.sc|onl.bz|ux.nu|urx.nu",
    "urx3.nu|urx.blue|urx.red|00m.in|u0u1.net|trib.al|dlvr.it|ift.tt|fb.me|reurl.cc|ppt.cc|kutt.it|soo.gd|clck.ru",
    "vk.cc|s.id|bl.ink|short.io|short.gy|shorte.st|bit.do|qr.ae|urlz.fr|surl.li|a.co|t2m.io|tny.im|tr.im|mcaf.ee",
    "snip.ly|bre.is|ur0.link|ur2.link|v.ht|onl.tw|lihi.cc|lihi1.com|pse.is|shrtco.de|shorturl.com|tinyurl.asia",
    "u.nu|0rz.tw|gg.gg|ouo.io|exe.io|linkvertise.com",
)
PAYING = WordList(
    "a8.net|afl.rakuten.co.jp|a.r10.to|valuecommerce.com|valuecommerce.ne.jp|moshimo.com|accesstrade.net",
    "afi-b.com|felmat.net|linksynergy.com|awin1.com|shareasale.com|anrdoezrs.net|dpbolvw.net|jdoqocy.com",
    "tkqlhce.com|kqzyfj.com|clickbank.net|prf.hn|pxf.io|sjv.io|jvzoo.com|digistore24.com|s.click.aliexpress.com",
    "tcs-asp.net|janet.jp|rentracks.jp|medi8.jp|rcm-fe.amazon-adsystem.com|px.moshimo.com|t.afi-b.com",
    "c.affitch.com|affiliate.rakuten.co.jp|impact.com/|partnerstack.com|go2cloud.org|hop.clickbank.net",
    "track.affiliate-b.com|affiliate-b.com|xmax.jp",
)

# What is promised, what is to be gained, what it is about, how one is to answer; and the words of who tells of such.
PROMISE = WordList(
    "their phone|zero experience|without experience|no prior experience|no background needed|anyone can|from home",
    "from anywhere|your phone|no experience|no skills|no risk|risk-free|risk free|guaranteed|financial freedom",
    "own boss|quit your|easy money|spare time|my phone|anywhere in the world|full training|autopilot",
    "minutes a day|hours a day|a day,|proven|no selling|full-time income|replace your|passive income|only takes",
    "this week only|no boss|no limits|uncapped|retire at|fire your boss|fired my boss|time freedom",
    "changed my life|life-changing|my couch|your couch|while you sleep|while i sleep|in your sleep|zero risk",
    "in 30 days|in 60 days|in 90 days|double your|laptop lifestyle|quit my job|quit the 9|ditch the 9|own hours",
    "no cap on|誰でも|だれでも|簡単に|かんたんに|スマホだけ|スマホ1台|スマホ一台|スマホひとつ|未経験でも",
    "未経験から|未経験ok|初心者でも|初心者ok|在宅で|在宅ワーク|ざいたくで|ほったらかし|放置で|自動で|自動的に",
    "自動売買|元手|リスクなし|リスクゼロ|ノーリスク|ノルマ|1日5分|1日10分|1日30分|すきま時間|スキマ時間|隙間時間",
    "確実に|必ず|好きな時間|コピペ|払いすぎていませんか|人生変わ|時間と場所|場所を選ばず|場所に縛られ",
    "時間に縛られ|空いた時間|空き時間|ノースキル|資格不要|経験不要|知識不要|知識ゼロ|経験ゼロ|初期費用|在庫なし",
    "在庫を持た|顔出しなし|損しない|元本保証|寝てるだけ|寝ているだけ|寝ている間|勝手に入|経済的自由|自由な生活",
    "自由な暮らし|自由な働き方|収入が倍|収入は倍|即金|今だけ",
)
GAIN = WordList(
    "earn|income|money|profit|returns|five figures|six figures|seven figures|commission|savings|k a month|paid",
    "salary|revenue|k/mo|per month|figures a|residual|wealth|稼げ|稼ぎ|稼ぐ|稼い|かせげ|かせぎ|月収|日収|日給",
    "報酬|収入|利益|儲か|儲け|万円|万、|万稼|不労所得|利回り|月利|配当|還元|資産|キャッシュバック|節税|お得",
    "入ってくる|増やせ|増えま",
)
TRADE = WordList(
    "mlm|fx|crypto|bitcoin|forex|trading|signals|network marketing|downline|business opportunit|business idea",
    "business partner|opportunity|ground floor|mentorship|mentoring|coaching|career coach|life coach",
    "packages start|sessions start|masterclass|webinar|my course|our course|e-book|ebook|page guide|consulting",
    "consultation|discovery call|strategy call|strategy session|insurance agent|life insurance|free quote",
    "licensed agent|insurance plan|insurance review|your policies|policy review|financial plan|financial review",
    "essential oil|oils|supplement|skincare|side business|side hustle|investing|investment|investors|my workshop",
    "our workshop|free workshop|my seminar|our seminar|free seminar|retreat|training program|our program",
    "my program|my system|product line|wellness|rental property|dropshipping|wealth|presale|token|wallet|airdrop",
    "passive income|residual income|recurring income|income stream|blueprint|full time trader|full-time trader",
    "stock picks|defi|staking|real estate invest|property invest|amazon fba|print on demand|reselling",
    "credit repair|financial advis|financial coach|financial educat|home business|online business|health coach",
    "fitness coach|hypnotherapy|mastermind|resume service|resume review|resume rewrite|cv writing|my bootcamp",
    "our bootcamp|my cohort|my membership|building a team|building my team|growing my team|expanding my team",
    "grow my team|expand my team|our community of entrepreneurs|financially free|fund manager|nutrition club",
    "money-making|ai course|team of entrepreneurs|my affiliate|nfts|投資案件|投資サロン|投資コミュニティ",
    "投資グループ|投資術|投資塾|投資の話|投資仲間|マンション投資|不動産投資|仮想通貨|暗号資産|ビットコイン",
    "バイナリー|シグナル配信|情報商材|教材|ノウハウ|コンサル|オンラインサロン|スクール|講座|セミナー|説明会",
    "勉強会|体験会|体験レッスン|お茶会|相談会|無料相談|無料で相談|無料面談|無料診断|無料で診断|無料レッスン",
    "無料モニター|無料体験|資産運用|資産形成|保険の見直し|保険見直し|保険相談|保険、|保険の相談|副業仲間",
    "副業チーム|副業案件|副業コミュニティ|副業に|副業メンバー|ビジネス|サプリ|オイル|化粧品|浄水器|健康食品",
    "コーチング|カウンセリング|占い|鑑定|個別面談|代理店|紹介制|家計の見直し|家計見直し|物販|権利収入|設計書",
    "起業塾|素敵な仲間|人生を変え|人生が変わ|保険を無料|保険を見直|保険の無料|保険は見直|保険のプロ|家計診断",
    "ライフプラン|fp相談|お金の相談|お金の学校|せどり|自動売買|株式投資|お金を増やす|競馬予想|オンラインカジノ",
    "美容液|ダイエットサポート|ダイエットプログラム|水素水|健康ドリンク|アムウェイ|ニュースキン|個人レッスン",
    "オンラインレッスン|お話会|異業種交流会|独立支援|起業支援|できるお仕事|在宅のお仕事|副業サポート|稼ぐ方法",
    "稼ぎ方|稼げる方法|マルチ商法|ヒーリング|霊視|キャリア相談|転職相談|キャリアコーチ|残り枠",
)
CALL = WordList(
    "dm!|dm me|dm for|dms|dm if|dm 4|dm and|dm us|pm me|message me|msg me|text me|hit me up|hmu|reach out",
    "contact me|get in touch|comment |sign up|book a|book your|interested?|if you're interested",
    "if you are interested|anyone interested|if you're curious|if you are curious|curious?|keen?|ask me how",
    "ask me about|ask me for|let me show|i'll show|i'll teach|i'll send|i will show|i can show|i can teach",
    "i can walk|i'd love to show|i would love to show|would love to review|would love to give you",
    "would love to help you|happy to show|happy to share the|spots left|spots open|spots available|limited spots",
    "places left|save you a seat|your seat|join us|join my|join our|join the team|apply|quick call|free call",
    "short call|zoom call|free session|free chat|free review|for free|hop on|who wants|grab a|grab your|taking on",
    "taking clients|new clients|looking for people|looking for motivated|looking for partners|go-getters|want in?",
    "want to know how|opening up|few spots|per session|first session|details|closes on|sold out|discount|% off",
    "price goes|$29|link below|join me|slide into|in my bio|in my profile|who's ready|who's in|ready to join",
    "let's connect|let's chat|let's talk|shoot me|drop a |drop me|reply with|pm for|pm if|pm us|inbox |schedule a",
    "claim your|secure your|waitlist|wait list|i can get you|i'll walk you|i'll tell you|i'll explain|i help ",
    "happy to send|happy to explain|happy to help you get|wanna know|wanna join|check out my|say the word",
    "start today|i offer|we offer|my rates|special price|half price|come and see|can i send you|can i show you",
    "walk you through|show you how|teach you|text or dm|i'm offering|we're offering|now offering|slots open",
    "slots are|slots left|seats left|seats are|seats available|learn how i|wanna learn how|get you started",
    "get started today|enroll now|link in bio|link in my|i can help you|仲間を増や|えませんか|みませんか",
    "しませんか|ぎませんか|dmで|dmを|dmに|dmく|dm待|dm下|dmお|dmして|dmまで|dmは|dm、|dm。|dm歓|dmい|dm気|ご連絡",
    "連絡ください|連絡下さい|連絡待って|連絡お待ち|興味ある方|興味がある方|興味のある方|興味ある人|興味がある人",
    "興味があれば|興味あれば|興味がありましたら|興味ありましたら|興味があったら|興味を持って|興味をお持ち",
    "気になる方|気になる人|気になった方|気になったら|お声がけ|お声かけ|声をかけて|声かけて|詳しくは|くわしくは",
    "詳細は|お気軽に|プロフから|プロフの|プロフに|プロフィールの|プロフィールから|知りたい方|知りたい人",
    "聞きたい方|お問い合わせ|申し込み|申込み|こっそり|教えします|教えます|伝えします|ご案内|ご紹介|ご招待|お誘い",
    "募集|始めませんか|やりませんか|会いませんか|働きませんか|入りませんか|聞いてみてください|返信ください|残席",
    "参加費|枠は|枠が|残り|先着|限定|お待ちして|受付中|承ります|開催し|開催中|繋がりたい方|つながりたい方",
    "まずはお茶|まずは話|まずは無料|診断します|相談のります|相談に乗ります|好評|送ってもらえれば|提案します",
    "ご提案|ご相談|相談ください|相談下さい|相談どうぞ|お声掛け|声掛けて|お知らせください|コメントください",
    "コメントで|ご登録|覗いてみ|のぞいてみ|来てみて|いかがですか|いかがでしょう|特別価格|今なら|ご購入|ご提供",
    "提供して|提供中|販売して|販売中|一緒にやり|一緒に稼|一緒に始め|一緒にやって|一緒に学び|一緒に成長",
    "お送りします|お渡し|シェアします|共有します|サポートします|お手伝いします|話だけでも|チャレンジし",
    "メッセージください|メッセージ下さい|メッセージお待ち|メッセージを|登録してくだ|登録してね|登録してくれ",
    "プレゼント中|プレゼントし|モニター価格|話を聞いてみ|話を聞きに|コメントしてくだ|差し上げます",
    'reply "|type "|write "',
)
TELLS_OF_IT = WordList(
    "scam|regret|lost my|lost a lot|lost money|pressured|uncomfortable|warn people|warn others|recruited me",
    "kept asking|kept messaging|kept pushing|tired of|signed up for|thinking of|thinking about",
    "looking for a coach|looking for a course|looking for a mentor|i quit|i left|i took|i went|i tried|i attended",
    "i finished|i failed|i got out|pitched me|invited me|tried to|i get ads|i used to|fraud|pyramid|victim",
    "ripped off|creep|turned out|how to say no|say no to|stop asking|i was told|i fell for|ashamed|辞めた|やめた",
    "抜けた|抜け出|被害|詐欺|怪しい|あやしい|だまさ|断り|断っ|断れ|断る|断わ|誘われ|誘ってき|誘ってくる|しつこ",
    "うんざり|返金|疲れ|縁を切|解約|迷っています|見分け|見抜|信じて|通って|受けてみ|受けた|行った|行って|参加した",
    "言われ|声をかけられ|悩んでいます|不安です|知りませんでした|勧誘|やめました|辞めました|通報",
)
# Questions, which weigh less: sellers ask some, too.
ASKS_ABOUT_IT = WordList(
    "how do i|how did i|how can i|how do you|how did you|should i|where do i|where can i|is it worth|is it legit",
    "worth it?|anyone tried|anyone been|anyone here|has anyone|did anyone|does anyone|what do you think",
    "how would you|would you take|any experience|did it work|was it worth|who else has|my friend|my sister",
    "my brother|my husband|my wife|my colleague|my mother|my mum|my mom|my boss|my aunt|my cousin|my neighbour",
    "my neighbor|my coworker|my ex|someone i know|どう思い|どうでしたか|ですか|いますか|でしょうか|ましたか",
    "どうすれば|どうしたら",
)
HIRING = WordList(
    "we're hiring|i'm hiring|i am hiring|is hiring|are hiring|now hiring|currently hiring|looking to hire",
    "hiring for|team is growing|join our team|open position|open role|job opening|vacanc|we're looking for a",
    "we are looking for a|agency needs|company needs|team needs|studio needs|clinic needs|startup needs",
    "my company is looking|our company is looking|my team is looking|our team is looking|my employer is looking",
    "referral bonus|we place|i place|recruiter at|recruiter for|recruiter here|hiring now|open headcount",
    "opening on my team|opening on our team|contractors wanted|freelancers wanted|wanted:|writers wanted|paid gig",
    "job for you|jobs available|positions available|looking for experienced|looking for talented|growing team",
    "talent pool|join our company|work with us|work for us|place candidates|recruiting for|job offer for you",
    "openings on my|openings on our|hiring a few|hiring two|募集中|募集して|募集しま|採用中|採用して|採用しま",
    "採用強化|メンバー募集|スタッフ募集|仲間募集|エンジニア募集|代理店募集|パートナー募集|大募集|急募|人を探して",
    "エンジニアを探して|デザイナーを探して|人手が足り|一緒に働いて|一緒に働き|一緒に働ける|転職をお手伝い",
    "転職のお手伝い|転職サポート|転職支援|転職をサポート|人材を探して|方を探して|人材紹介|採用を強化",
    "メンバーを探して|仲間を募集|正社員募集|バイト募集|パート募集|うちで働き|うちの会社で働|弊社で働",
    "ポジションが空|ポジションに空き|枠が空いて|リファラル採用|中途採用|求人あり|求人です|求人のご|求人が出",
    "求人を出し|求人をご|求人を多数|求人情報",
)
JOBS = WordList(
    "developer|engineer|designer|nurse|writer|translator|teacher|assistant|manager|driver|freelancer|contractor",
    "accountant|bookkeeper|analyst|marketer|chef|cook|barista|caregiver|tutor|editor|エンジニア|デザイナー",
    "ライター|看護師|保育士|介護|スタッフ|営業|ドライバー|人材|開発者|プログラマ|経験者|店長|講師|事務",
)
APPLY = WordList(
    "apply|message me|reach out|get in touch|refer |referral|through me|your cv|a cv|cv to|resume|portfolio",
    "your rate|interested|send me|send us|send samples|drop me|ping me|talk to me|let me know|put you forward",
    "roster|email|send your|hit me up|talk to us|inbox|good word|put in a word|want in|join us|come work",
    "fully remote|remote ok|drop your|shoot me|hmu|get you in|jobs@|careers@|dm me|dm for|dms|dm if|contact me",
    "my dm|応募|ご連絡|興味ある|興味がある|興味あれば|興味があれば|興味を持|お声がけ|お声かけ|声かけて|声をかけて",
    "歓迎|お待ち|紹介料|紹介しま|紹介でき|ご紹介|謝礼|祝い金|リファラル|エントリー|履歴書|来てください|どうですか",
    "いかがですか|ませんか|連絡ください|連絡を|紹介してくだ|紹介して下|紹介いただ|お知り合い|経験者優遇|経験不問",
    "未経験可|未経験ok|フルリモート|リモート可|週3|週2|dmで|dmくだ|dm下|dmを|dmまで|dmお|カジュアル面談|面談を",
    "面談し|面接に来|面接は|話を聞いてみ|話を聞きたい",
)
HIRED = WordList(
    "i applied|i interviewed|turned down|rejected|got the offer|got an offer|got an interview|looking for advice",
    "looking for a job|looking for work|looking for a new|looking for friends|hiring freeze|for a living",
    "i was hired|got hired|they're hiring|hiring manager|initial interview|my interview|an interview for",
    "first interview|job hunt|job search|i'm applying|i am applying|applying for|applied to|applied for",
    "should i apply|my application|cover letter|my cv|my resume|rejection|ghosted|recruiter asked|recruiter told",
    "recruiters|as a hiring|how do you|how did you|how do i|ended up hiring|we hired|first hire|募集要項|募集を見",
    "求人を見|募集に応募|応募した|応募しよう|応募して|応募する|応募先|応募書類|応募が|落ち|不採用|担当をして",
    "採用する側|面接官|採用されて|求人票|求人に|求人が少|求人って|採用されました|採用されな|採用されません|内定",
    "書類選考|面接に行|面接で|面接を受|転職活動|転職したい|転職を考え|転職しようか|求人を探|仕事を探し|履歴書を書",
    "職務経歴書を書|応募しました|誘われ|声がかかり|断って|断り",
)
CODES = WordList(
    "use my code|use my link|use my referral|use my promo|use my invite|use my discount|my referral code",
    "my affiliate|my promo code|my invite code|referral code:|promo code:|we both get|through my link|via my link",
    "with my link|using my link|sign up with my|you and i both get|both of us get|we each get|my ref link",
    "my reflink|my referral link|アフィリエイトリンク|アフィリンク|紹介リンクから|紹介リンクです|紹介リンク:",
    "紹介コード|招待コード|紹介urlから|紹介用リンク|私のリンクから|このリンクから登録|このリンクから申",
    "このリンクから購入|当リンクから|お互いに500|お互いに1000",
)
MONEY = WordList(
    "extra money|extra income|extra cash|passive income|side hustle|side income|earn more|earn extra|earn some",
    "earn a bit|earn money|earning more|make some money|make extra|make good money|make money|second income",
    "get rich|grow my money|grow my savings|more money|start investing|raise my salary|raise my income",
    "increase my income|increase my salary|earn six|earn five|higher salary|financial freedom|financially free",
    "financial independence|retire early|more income|another income|income stream|money on the side",
    "cash on the side|side gig|side money|six-figure|six figures|be rich|become rich|getting rich|being rich",
    "build wealth|building wealth|bigger paycheck|bigger salary|make a bit more|make a little more|earn a little",
    "earn good|earning extra|doubling my|double my income|double my salary|bring in more|bring in extra|稼ぎ|稼ぐ",
    "稼げ|稼ごう|稼いだ|稼いで|副収入|年収アップ|収入を増や|収入を上げ|収入がもう|収入をもう|お金を増や",
    "お金をふや|投資を始め|投資をはじめ|投資したい|投資で増や|儲け|不労所得|資産を増や|資産を作り|資産をつくり",
    "お金がほし|お金が欲し|もっとお金|もっと稼|金持ち|億り人|経済的自由|収入アップ|収入を得|収入の柱|手取りを増や",
    "手取りを上げ|給料を上げ|給料をもっと|副業で稼|お小遣いを増や|お小遣い稼|資産形成|資産運用|投資デビュー",
    "投資を勉強|投資の勉強|年収を上げ|年収をあげ|年収を増や|別の収入源|収入源がほし|収入源を",
)
# Words of who was made an offer, and needs no warning.
FRAUD = WordList(
    "scam|fraud|pyramid|詐欺|騙され|だまされ|怪しい|あやしい|勧誘され|誘われ",
)

# Words of who is in a group that somebody else made.
IN_A_GROUP = WordList(
    "muted|to leave|leave a|leave the|left the|added me|was added|kicked|tired|how do i|invited me|keeps",
    "my family|i'm in a|i am in a|抜けた|抜け方|抜けづら|抜けにく|退会|退出|通知|疲れ|言われ|誘われ|断り|断る",
    "しつこ|入ってい|入れら|追加され|招待され",
)

# Other messengers, as they are written with kana as large katakana.
MESSENGERS = WordList(
    "ライン|カカオ|微信|ウイーチヤツト|テレグラム|ワツツアツプ|シグナル|スカイプ|インスタ|デイスコード|緑ノアプリ",
    "緑ノ吹キ出シ|緑ノヤツ|line|kakao|wechat|weixin|telegram|tg|whatsapp|signal|skype|viber|threema|snap|snapchat",
    "insta|instagram|ig|discord|messenger|wa|green app|green chat app|メツセンジヤー|バイバー|スナチヤ",
    "スナツプチヤツト|ウエイシン|緑色ノアプリ|ミドリノアプリ|黄色イアプリ|黄色ノアプリ|紙飛行機ノアプリ",
    "紙飛行機アプリ|ライソ|zalo|kik|qq|hangouts|imessage|google chat|paper plane app|yellow app|green messenger",
)
GROUPS = WordList(
    "group|server|channel|chat|community|room|guild|グル|オープンチャット|オプチャ|サーバ|コミュニティ|チャンネル",
    "部屋|ギルド|オプチヤ|サロン",
)
COMING = WordList(
    "join|invite|add you|come over|come say|come to|hop in|hop on|link|dm |message me|code|come by|come hang",
    "hang out|drop by|stop by|say hi|ping me|let you in|get you in|want in|招待|参加し|参加お|参加く|入って",
    "入りませんか|入れます|入りたい方|来て|きてね|おいで|検索|追加し|追加でき|リンク|どうぞ|お待ち|待ってます",
    "待っています|募集|作りました|作ったので|やってます|やっています|よろしく|きませんか|来ませんか|遊びに|お越し",
    "集まって|はいって|入会",
)
