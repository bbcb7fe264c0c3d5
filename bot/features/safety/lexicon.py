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
# Schemes are for sale wherever people are called on. Trades are everyday things: only a seller's words make an offer of
# them. Whoever sells names prices, places and favours; who asks people to come to them alone may do so for any reason.
PROMISE = WordList(
    "zero experience|without experience|no prior experience|no background needed|no skills|no risk|risk-free",
    "risk free|guaranteed|financial freedom|own boss|easy money|autopilot|no selling|full-time income",
    "replace your|no boss|no limits|uncapped|retire at|fire your boss|fired my boss|life-changing",
    "while you sleep|while i sleep|in your sleep|zero risk|double your|laptop lifestyle|ditch the 9|own hours",
    "no cap on|スマホだけ|スマホ1台|スマホ一台|スマホひとつ|未経験でも|未経験から|未経験ok|初心者でも|初心者ok",
    "在宅で|在宅ワーク|ざいたくで|ほったらかし|自動売買|リスクなし|リスクゼロ|ノーリスク|1日5分|1日10分",
    "1日30分|すきま時間|スキマ時間|隙間時間|払いすぎていませんか|時間と場所|場所を選ばず|場所に縛られ",
    "ノースキル|資格不要|経験不要|知識不要|知識ゼロ|経験ゼロ|初期費用|在庫なし|在庫を持た|顔出しなし|損しない",
    "元本保証|寝てるだけ|寝ているだけ|寝ている間|経済的自由|自由な生活|自由な暮らし|自由な働き方|収入が倍",
    "収入は倍|即金|retired at|no experience needed|no experience required|no experience necessary",
    "from their phone|double their|doubled their|doubled my|win rate|人生を変え|人生が変わ|スマホ一つ",
    "スマホ1つ|家にいながら|会社に頼らない|会社に縛られ|脱サラ|ノルマな|ノルマはあ|元手なし|元手ゼロ|元手0",
    "好きな時間に働|be your own boss|quit the 9|素敵な仲間|no experience,|time freedom|full training",
    "在宅で日給|2倍になり|倍になりました|収入は青天井",
)
GAIN = WordList(
    "earn|income|money|profit|returns|five figures|six figures|seven figures|commission|savings|k a month|paid",
    "salary|revenue|k/mo|per month|figures a|residual|wealth|稼げ|稼ぎ|稼ぐ|稼い|かせげ|かせぎ|月収|日収|日給",
    "報酬|収入|利益|儲か|儲け|万円|万、|万稼|不労所得|利回り|月利|配当|還元|資産|キャッシュバック|節税|お得",
    "入ってくる|増やせ|増えま",
)
SCHEME = WordList(
    "network marketing|downline|business opportunit|ground floor|packages start|sessions start|page guide",
    "discovery call|strategy call|strategy session|free quote|licensed agent|insurance review|your policies",
    "policy review|financial review|free workshop|free seminar|my system|product line|presale|airdrop",
    "residual income|recurring income|income stream|full time trader|full-time trader|stock picks",
    "real estate invest|property invest|amazon fba|financial advis|financial coach|financial educat",
    "resume service|resume review|resume rewrite|cv writing|my bootcamp|our bootcamp|my cohort|my membership",
    "our community of entrepreneurs|financially free|nutrition club|money-making|team of entrepreneurs",
    "my affiliate|nfts|投資案件|投資サロン|投資コミュニティ|投資グループ|投資術|投資塾|バイナリー|シグナル配信",
    "無料相談|無料で相談|無料面談|無料診断|無料で診断|無料レッスン|無料モニター|無料体験|保険相談|保険の相談",
    "副業仲間|副業チーム|副業案件|副業コミュニティ|副業メンバー|個別面談|紹介制|権利収入|保険を無料|保険を見直",
    "保険の無料|保険は見直|保険のプロ|家計診断|fp相談|お金の相談|お金の学校|自動売買|お金を増やす|競馬予想",
    "オンラインカジノ|ダイエットサポート|ダイエットプログラム|アムウェイ|ニュースキン|独立支援|起業支援",
    "副業サポート|稼げる方法|キャリアコーチ|defi yield|business on the side|crypto picks|crypto signals",
    "forex signals|signal group|signals group|trading group|trading signals|side-business team|join under me",
    "sign up under me|under my name|できるお仕事|在宅のお仕事|収入を得る方法|収入を増やす方法|売買の合図",
    "トレードの合図|売買サイン|紹介するだけ",
)
TRADE = WordList(
    "i sell|we sell|fx|trading|signals|opportunity|coaching|consulting|consultation|oils|essential oil",
    "supplement|skincare|investing|investment|investors|retreat|wellness|wealth|token|wallet|staking|reselling",
    "webinar|mastermind|masterclass|e-book|ebook|hypnotherapy|dropshipping|crypto|bitcoin|forex|mlm",
    "career coach|life coach|health coach|fitness coach|training program|credit repair|mentorship|mentoring",
    "blueprint|ai course|building a team|building my team|growing my team|grow my team|expand my team",
    "expanding my team|business idea|business partner|rental property|print on demand|insurance plan",
    "life insurance|insurance agent|insurance|side hustle|side business|passive income|online business",
    "home business|my course|our course|my workshop|our workshop|my seminar|our seminar|my program|our program",
    "fund manager|financial plan|教材|ノウハウ|コンサル|オンラインサロン|スクール|講座|セミナー|説明会|勉強会",
    "体験会|お茶会|お話会|ビジネス|サプリ|オイル|化粧品|浄水器|健康食品|コーチング|カウンセリング|占い|鑑定",
    "物販|設計書|せどり|資産運用|資産形成|保険|家計の見直し|家計見直し|株式投資|美容液|水素水|健康ドリンク",
    "異業種交流会|仮想通貨|暗号資産|ビットコイン|不動産投資|マンション投資|ヒーリング|霊視|体験レッスン",
    "個人レッスン|オンラインレッスン|マルチ商法|起業塾|代理店|副業に|副業|相談会|投資仲間|投資の話",
    "保険の見直し|保険見直し|キャリア相談|転職相談|稼ぎ方|稼ぐ方法|ライフプラン|情報商材",
)
SELL = WordList(
    "% off|discount|half price|special price|price goes|sold out|limited spots|spots left|spots open",
    "spots available|few spots|slots open|slots are|slots left|seats left|seats are|seats available",
    "places left|save you a seat|your seat|get you a seat|claim your|secure your|waitlist|wait list|book a",
    "book your|sign up|enroll now|schedule a|free session|free call|free review|free chat|zoom call|quick call",
    "short call|strategy call|discovery call|per session|first session|taking clients|new clients|taking on",
    "my rates|i offer|we offer|i'm offering|we're offering|now offering|closes on|you'd be great",
    "you would do great|you'd be perfect|perfect fit for you|you seem like|go-getters|motivated people",
    "looking for motivated|looking for partners|looking for people to join|want in?|who wants in",
    "get you started|get started today|start today|teach you|show you how|walk you through|i'll walk you",
    "learn how i|want to know how|wanna learn how|ask me how|happy to help you get|would love to review",
    "would love to give you|i can get you|replaced my salary|no pressure|flexible hours|link in bio|link in my",
    "in my bio|in my profile|my profile|link below|grab your|grab a|残席|残り枠|先着|限定|特別価格",
    "モニター価格|受付中|承ります|販売中|販売して|提供中|提供して|ご提供|ご購入|申し込み|申込み|お申込",
    "参加費無料|参加無料|参加費は無料|プロフから|プロフの|プロフに|プロフィールの|プロフィールから",
    "プロフィールに|診断します|提案します|ご提案|無料プレゼント|プレゼント中|プレゼントし|枠は|枠が|枠に|好評",
    "半額|割引|特典|まずはお茶|まずは話|まずはお話|まずは無料|話を聞くだけ|話だけでも|お話だけ|お話しさせて",
    "お話させて|一緒に稼|稼ぎませんか|こっそり|ご招待|招待します|招待できます|お誘い|教えします|お伝えします",
    "お伝えして|紹介できます|紹介したい|ご紹介します|お問い合わせ|あなたにぴったり|あなたに合った|あなたの才能",
    "あなたなら|送ってもらえれば|一緒に成長|始めませんか|働きませんか|広めて|売って",
)
DIRECT = WordList(
    "dm!|dm me|dm for|dms|dm if|dm 4|dm and|dm us|pm me|pm for|pm if|pm us|message me|msg me|text me",
    'text or dm|inbox|inbox me|hit me up|hmu|slide into|shoot me|reply with|comment info|reply "|type "',
    'write "|message us|ask me for|introduce you|add you|can i send you|can i show you|let me show|want me to',
    "i'll show|i'll teach|i'll send|i will show|i can show|i can teach|i can walk|i'll tell you|i'll explain",
    "happy to show|open to hearing|hear about a|coffee?|anyone interested|interested?|dmで|dmを|dmに|dmく|dm待",
    "dm下|dmお|dmして|dmまで|dmは|dm、|dm。|dm歓|dmい|dm気|ご連絡|連絡ください|連絡下さい|連絡待って",
    "連絡お待ち|知りたい方|知りたい人|聞きたい方|メッセージください|メッセージ下さい|メッセージお待ち",
    "メッセージを|興味ある方|興味がある方|興味のある方|興味ある人|興味がある人|興味があれば|興味あれば",
    "興味がありましたら|興味ありましたら|興味を持|興味をお持ち|興味があったら|気になる方|気になる人",
    "気になった方|気になったら|やってみたい人|やってみたい方|ご希望の方|希望の方|使いたい人|使いたい方",
    "やる気のある",
)
CALL = WordList(
    "reach out|contact me|get in touch|comment |if you're interested|if you are interested|if you're curious",
    "if you are curious|ask me about|i'd love to show|i would love to show|would love to help you",
    "happy to share the|join us|join my|join our|join the team|hop on|looking for people|opening up|$29",
    "who's ready|who's in|ready to join|drop a |drop me|inbox |i help |happy to send|happy to explain",
    "wanna know|wanna join|say the word|come and see|仲間を増や|えませんか|みませんか|しませんか|ぎませんか",
    "興味を持って|お声がけ|お声かけ|声をかけて|声かけて|詳しくは|くわしくは|詳細は|お気軽に|伝えします|ご案内",
    "ご紹介|やりませんか|会いませんか|入りませんか|聞いてみてください|返信ください|参加費|残り|お待ちして",
    "開催し|開催中|繋がりたい方|つながりたい方|相談のります|相談に乗ります|ご相談|相談ください|相談下さい",
    "相談どうぞ|お声掛け|声掛けて|お知らせください|コメントください|コメントで|ご登録|覗いてみ|のぞいてみ",
    "来てみて|いかがですか|いかがでしょう|今なら|一緒にやり|一緒に始め|一緒にやって|一緒に学び|お送りします",
    "お渡し|シェアします|共有します|サポートします|お手伝いします|チャレンジし|登録してくだ|登録してね",
    "登録してくれ|話を聞いてみ|話を聞きに|コメントしてくだ|差し上げます|来てください|来てね|見に来|who wants",
    "want access|comment|drop a|let's chat|let's talk|let's connect|curious?|keen?|for free|join me",
    "check out my|i can help you|募集|教えます|きませんか|お話し|一度お|ぜひ|いかがで|どうですか|よければ",
    "join under|your best",
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
    "we're hiring|i'm hiring|i am hiring|now hiring|currently hiring|looking to hire|hiring for",
    "team is growing|join our team|open position|open role|job opening|vacanc|referral bonus|we place|i place",
    "recruiter at|recruiter for|recruiter here|hiring now|open headcount|opening on my team",
    "opening on our team|contractors wanted|freelancers wanted|writers wanted|paid gig|jobs available",
    "positions available|looking for experienced|looking for talented|talent pool|join our company",
    "place candidates|recruiting for|job offer for you|openings on my|openings on our|hiring a few|hiring two",
    "採用中|採用して|採用しま|採用強化|スタッフ募集|エンジニア募集|代理店募集|パートナー募集",
    "エンジニアを探して|デザイナーを探して|一緒に働き|一緒に働ける|転職をお手伝い|転職のお手伝い|転職サポート",
    "転職支援|転職をサポート|人材を探して|人材紹介|採用を強化|正社員募集|バイト募集|パート募集|うちで働き",
    "うちの会社で働|弊社で働|ポジションが空|ポジションに空き|リファラル採用|中途採用|求人あり|求人です",
    "求人のご|求人が出|求人を出し|求人をご|求人を多数|求人情報|is hiring|are hiring|has an opening for",
    "an opening for a|採用予定|採用を予定|talent for|人材を求め|エンジニアを求め",
)
# Said of players and of workers alike; what stands beside them tells which.
WANTED = WordList(
    "募集中|募集して|募集しま|メンバー募集|仲間募集|仲間を募集|大募集|急募|人を探して|方を探して",
    "メンバーを探して|人手が足り|一緒に働いて|枠が空いて|growing team|job for you|work with us",
    "we're looking for a|we are looking for a|求めて|探しています|探していて|足りなくて",
)
# What is said of work only.
WORK = WordList(
    "応募|未経験|経験者|勤務|時給|月給|日給|年収|報酬|在宅|リモート|正社員|契約社員|アルバイト|バイト",
    "パートさん|弊社|当社|自社|うちの会社|うちの店|私の会社|友人の会社|知人の会社|知り合いの会社|業務|案件",
    "主婦|履歴書|シフト|求人|採用|働いてくれ|働ける方|働いてみ|単価|業務委託|副業|資格不問|経験不問|hiring",
    "salary|an hour|hours a week|part-time|full-time|your cv|your resume|your rate|résumé|portfolio|remote",
    "hourly|paid",
)
JOBS = WordList(
    "developer|engineer|designer|nurse|writer|translator|teacher|assistant|manager|driver|freelancer|contractor",
    "accountant|bookkeeper|analyst|marketer|chef|cook|barista|caregiver|tutor|editor|エンジニア|デザイナー",
    "ライター|看護師|保育士|介護|スタッフ|営業|ドライバー|人材|開発者|プログラマ|経験者|店長|講師|事務",
)
APPLY = WordList(
    "apply|message me|reach out|get in touch|refer |referral|your cv|a cv|cv to|resume|portfolio|your rate",
    "send samples|ping me|put you forward|roster|send your|hit me up|talk to us|good word|put in a word",
    "come work|fully remote|remote ok|drop your|shoot me|hmu|get you in|jobs@|careers@|dm me|dm for|dms|dm if",
    "contact me|my dm|応募|ご連絡|興味ある|興味がある|興味あれば|興味があれば|お声がけ|お声かけ|声かけて",
    "声をかけて|紹介料|紹介でき|ご紹介|謝礼|祝い金|リファラル|エントリー|履歴書|来てください|いかがですか",
    "連絡ください|紹介してくだ|紹介して下|紹介いただ|お知り合い|経験者優遇|経験不問|未経験可|未経験ok",
    "フルリモート|リモート可|週3|週2|dmで|dmくだ|dm下|dmを|dmまで|dmお|カジュアル面談|面談を|面談し|面接に来",
    "面接は|話を聞いてみ|話を聞きたい|if you're interested|if you are interested|if interested",
    "anyone interested|interested?|would you like to interview|let me know if you|send me your|send us your",
    "send me a|interview?|can refer you|働きませんか|面談しませんか|来ませんか|参加しませんか|やりませんか",
    "いかがでしょう|大歓迎|未経験歓迎|経験者歓迎|連絡をくだ|お待ちして|返信を|紹介しますよ|興味をお持ち",
    "興味のある",
)
HIRED = WordList(
    "i applied|i interviewed|turned down|rejected|got the offer|got an offer|got an interview",
    "looking for advice|looking for a job|looking for work|looking for a new|looking for friends|hiring freeze",
    "for a living|i was hired|got hired|they're hiring|hiring manager|initial interview|my interview",
    "an interview for|first interview|job hunt|job search|i'm applying|i am applying|applying for|applied to",
    "applied for|should i apply|my application|cover letter|my cv|my resume|rejection|ghosted|recruiter asked",
    "recruiter told|recruiters|as a hiring|how do you|how did you|how do i|ended up hiring|we hired|first hire",
    "募集要項|募集を見|求人を見|募集に応募|応募した|応募しよう|応募して|応募する|応募先|応募書類|応募が|落ち",
    "不採用|担当をして|採用する側|面接官|採用されて|求人票|求人に|求人が少|求人って|採用されました|採用されな",
    "採用されません|内定|書類選考|面接に行|面接で|面接を受|転職活動|転職したい|転職を考え|転職しようか",
    "求人を探|仕事を探し|履歴書を書|職務経歴書を書|応募しました|誘われ|声がかかり|断って|断り|a recruiter on",
    "a recruiter wrote|a recruiter from|recruiter wrote|kept writing|wrote to me",
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
    "build wealth|building wealth|bigger paycheck|bigger salary|make a bit more|make a little more",
    "earn a little|earn good|earning extra|doubling my|double my income|double my salary|bring in more",
    "bring in extra|稼ぎ|稼ぐ|稼げ|稼ごう|稼いだ|稼いで|副収入|年収アップ|収入を増や|収入を上げ|収入がもう",
    "収入をもう|お金を増や|お金をふや|投資を始め|投資をはじめ|投資したい|投資で増や|儲け|不労所得|資産を増や",
    "資産を作り|資産をつくり|お金がほし|お金が欲し|もっとお金|もっと稼|金持ち|億り人|経済的自由|収入アップ",
    "収入を得|収入の柱|手取りを増や|手取りを上げ|給料を上げ|給料をもっと|副業で稼|お小遣いを増や|お小遣い稼",
    "資産形成|資産運用|投資デビュー|投資を勉強|投資の勉強|年収を上げ|年収をあげ|年収を増や|別の収入源",
    "収入源がほし|収入源を|収入がほし|収入が欲し|稼ぎた",
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
    "紙飛行機アプリ|ライソ|zalo|kik|qq|hangouts|imessage|google chat|paper plane app|yellow app|green messenger|tele",
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
