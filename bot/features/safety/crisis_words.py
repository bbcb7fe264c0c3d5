"""The words by which a crisis is known. Each line is a list, with ``|`` between its items.

They are compared with texts as :mod:`~bot.features.safety.disguises` reads them: small letters, of one width. Latin
words are whole words; Japanese ones may go on, so that 死にた stands for 死にたい, 死にたくなる and 死にたかった.
"""

from bot.features.safety.word_lists import WordList

# Whoever wishes to die or to disappear, hurts themselves, or is hurt at home. Servers see these, and can change them.
SHIPPED_JA = WordList(
    "死にた|しにたい|しにたく|しにたかっ|シニタイ|タヒにた|氏にた|死んでしまいた|死んじゃいた|死んだほうが",
    "死んだ方が|死ねたら|死ねば|死ねる方法|死ねるかな|死ぬしか|死ぬつもり|死ぬ方法|死ぬことばかり|死ぬことしか",
    "死のう|死に方|死に場所|死んで楽|死んで償|一緒に死|消えたい|消えたく|きえたい|消えてしまいた|消えちゃいた",
    "消えてなくなり|消えて無くなり|消え去りた|消えたほうが|消えた方が|いなくなりた|居なくなりた",
    "いなくなってしまいた|この世にいたく|存在したくな|生きているのが|生きてるのが|生きるのが|生きていることが",
    "生きることに疲|生きるのに疲|生きてるのに疲|生きていたくな|生きてたくな|生きたくな|生きていたくあり",
    "生きていけな|生きている意味|生きてる意味|生きる意味がわ|生きる意味がな|生きる意味が見|生きる気力|生きる価値",
    "生きている価値|生きてる価値|生きる理由がな|生まれてこなければ|生まれてこなきゃ|生まれて来なければ",
    "生まれなければよ|目が覚めなければ|目覚めなければ|目を覚ましたくな|永遠に眠りた|朝が来なければ|明日が来なければ",
    "全部終わりに|すべて終わりに|全て終わりに|もう楽になりた|早く楽になりた|いっそ楽に|楽になれるのか",
    "楽になれるかな|命を絶|命を断|いのちを絶|自殺しよ|自殺しそ|自殺する|自殺しま|自殺を考|自殺を図|自殺未遂",
    "自殺願望|自殺の方法|希死念慮|心中した|心中しよ|首を吊|首を括|首をくく|首をつって|首をつり|首をつる|首をつろ",
    "首つり|首吊|飛び降りたい|飛び降りたく|飛び降りたら|飛び降りよう|飛び降りれば|線路に飛|電車に飛び込|屋上から飛",
    "ベランダから飛|ビルから飛|手首切|リスカ|リストカット|アムカ|アームカット|自傷|体を傷つけ|身体を傷つけ",
    "自分を傷つけ|薬を大量|大量の薬|薬を全部飲|薬をたくさん飲|睡眠薬を全部|睡眠薬を大量|オーバードーズ|過量服薬",
    "odし|odを|練炭自殺|遺書を書|遺書を残|殴られ|なぐられ|殴ってく|蹴られ|夫に叩|妻に叩|彼氏に叩|首を絞め|首をしめ",
    "物を投げられ|物を投げつけ|突き飛ばされ|暴力を受|暴力をふる|暴力を振る|暴力がこわ|暴力が怖|dvを受|dvされ|dvに耐",
    "dvから|dv夫|夫のdv|妻のdv|彼氏のdv|殺すぞ|殺してやる|虐待してし|虐待しそ|手をあげてし|手を上げてし|子どもを殴",
    "子どもを殺|叩いてしま|揺さぶってし|家に帰るのがこわ|家に帰るのが怖|手首を切っ|手首を切り|手首に傷|自殺したい",
    "自殺したく|自殺について考え|殺されそう|虐待されて|死ぬと決め|死ぬって決め|死んでも気づか|死んでもだれも",
    "死んでも誰も|死んだら楽|死なせて|死ななきゃ|死を考え|死のことばかり|タヒりた|タヒぬ|逝きた|逝けた|逝ける",
    "逝けば|あの世に行きた|天国に行きた|殺してほし|誰か殺して|だれか殺して|事故にあって死|事故で死ね|車にひかれれば",
    "消えて楽|消えたら楽|生きるの、やめ|生きるのをやめ|生きるのやめ|生きることをやめ|人生やめた|人生をやめ",
    "人間やめた|人生に疲|生きてるだけで|生きているだけで|生きていても|生きてても|生きる資格|生きている資格",
    "生きてていい|生きていていい|生きていくのが|生きてくのが|生きることがつら|生きることが苦|生きるのも",
    "これ以上生き|息をするのも|もう終わりにした|楽に逝|苦しまずに|眠るように死|首にロープ|ロープを買|ロープを用意",
    "ドアノブに|睡眠薬をため|眠剤をため|薬をため|薬をいっぱい飲|薬をまとめて飲|薬を一気に飲|市販薬を大量",
    "ホームの端に|腕を傷|手首を傷|傷だらけにし|夫の暴力|妻の暴力|旦那の暴力|彼の暴力|彼氏の暴力|父の暴力|親の暴力",
    "家庭内暴力|旦那に叩|父に叩|母に叩|無理やりされ|性行為を強|子どもに手をあげ|子どもに手を上げ|子供に手をあげ",
    "子供に手を上げ|子供を殴|子供を殺|赤ちゃんを揺|赤ちゃんを叩|赤ちゃんを投|首を締め|一歩踏み出せば終わ",
    "わたしがいないほう|わたしがいない方|私がいないほう|私がいない方|自分がいないほう|自分がいない方|僕がいないほう",
    "僕がいない方|俺がいないほう|俺がいない方|わたしなんていな|私なんていな|自分なんていな|わたしなんていらな",
    "私なんていらな|自分なんていらな|この世からいなく|この世から消え|車にひかれたい|車に轢かれたい|子どもを道連れ",
    "子供を道連れ|もう死んでもいい|人生を終えたい|人生を終わらせ|人生を終わりに|殺される|死ぬことを考え",
    "消えればいい|腕を切|もうこの世|死んだら保険|生きる意味を見失|睡眠薬を一|消えてしまえ|いなくなってしまえ",
    "自分を殺",
)
SHIPPED_EN = WordList(
    "want to die|wanna die|wants to die|wanting to die|wish i was dead|wish i were dead|if i was dead",
    "if i were dead|better off dead|better off without me|rather be dead|kill myself|killing myself|kill herself",
    "kill himself|kill themselves|end my life|ending my life|end it all|ending it all|end things tonight",
    "take my own life|taking my own life|suicidal|attempted suicide|kms|unalive|self-harm|self harm|selfharm",
    "self-harming|self harming|hurt myself|hurting myself|cut myself|cutting myself|cutting again|started cutting",
    "slit my wrists|hang myself|hanging myself|jump off a bridge|jumping off a bridge|overdose|overdosed|overdosing",
    "don't want to live|dont want to live|do not want to live|don't want to be alive|do not want to be alive",
    "don't want to be here anymore|don't want to be here any more|don't want to exist|hate being alive",
    "tired of living|tired of being alive|no reason to live|no reason to go on|nothing to live for",
    "no point in living|point of living|isn't worth living|not worth living|can't go on|cannot go on|never wake up",
    "not wake up|don't wake up|want to disappear|wish i could disappear|disappear forever",
    "won't be around much longer|goodbye letter|suicide note|hits me|beats me|hitting me|beating me|beat me up",
    "chokes me|choked me|strangled me|kicks me|punched me|throws things at me|threatened to kill|scared to go home",
    "afraid to go home|scared of my husband|afraid of my husband|is abusive|abusive husband|abusive partner",
    "abuses me|shake my baby|shook my baby|hurt my baby|hurt my child|commit suicide|committing suicide",
    "suicide attempt|about suicide|thoughts of suicide|thinking of suicide|wish to die|ready to die|deserve to die",
    "should be dead|hope i die|wish i could die|let me die|painless way|painless ways|way to die|ways to die",
    "how to die|telling me to die|about dying|thoughts of dying|think about death|wasn't alive|weren't alive",
    "never been born|shouldn't have been born|done with life|sick of living|give up on life|giving up on life",
    "given up on life|end the pain|end my pain|end my suffering|make it all stop|if i were gone|if i was gone",
    "if i disappeared|see no way out|can't do this anymore|won't wake up|wouldn't wake up|didn't wake up",
    "not waking up|stood on the roof|on the ledge|in front of a train|in front of the train|off the bridge",
    "pills in front|stockpiling pills|saving up pills|swallowed pills|truck would hit me|car would hit me",
    "crash my car|cut my arm|cut my arms|cut my wrist|cut my wrists|cut my legs|burn myself|burning myself",
    "my suicide|written my note|slapped me|slaps me|punches me|hit me again|hit me last|hit me in front",
    "hit me yesterday|pushed me down|shoved me|pulled my hair|locked me in|he'd kill me|he'll kill me|she'd kill me",
    "she'll kill me|violent husband|violent wife|violent partner|violent relationship|gets violent|got violent",
    "raped me|rapes me|forces me to have sex|forced me to have sex|abusive boyfriend|abusive girlfriend",
    "abusive wife|hit my child|hit my kids|want out of life|dying would be|dying would fix|want to be dead",
    "took all my pills|took a lot of pills|he is violent|he's violent|she is violent|she's violent",
    "husband is violent|wife is violent|partner is violent|boyfriend is violent|girlfriend is violent",
    "father is violent|dad is violent|he is going to kill me|he's going to kill me|she is going to kill me",
    "she's going to kill me|want it all to stop|wish it would all stop|jump in front of|drive off the",
    "drive into a tree|too many pills|too many sleeping pills|too many painkillers|if i died|point in being alive",
    "point of being alive|not want to be alive|want to not be alive|not be alive|not be here anymore|pain to stop",
    "kill me and",
)

# Phrases that hold such a word, and mean nothing of the kind.
HARMLESS = WordList(
    "恥ずかしすぎて死にた|飲みすぎて死にた|二日酔いで死にた|生きているだけでえら|生きてるだけでえら",
    "生きてるだけで丸|生きているだけで丸|生きていくのが楽|虐待されていた友|苦しまずに済|hurt myself laughing",
    "tired of living out|tired of living in|tired of living with|tired of living here|how to die in|way to die in",
    "can't do this anymore, so|死にたくない|死にたくあり|死にたくねえ|死にたえ|恥ずかしくて死にた|死にたいくらい恥",
    "死にたいほど恥|しにたいし|しにたいす|しにたいせ|しにたいへ|しにたいわん|しにたいく|しにたいい|しにたくさん",
    "死のうわさ|死のうえ|消えたくな|生きるのが楽|生きるのが上手|生きるのが下手|生きているのが不思議|殺される夢",
    "殺される役|殺される側|want to die laughing|want to die of|wanna die laughing|cut myself shaving",
    "cut myself some slack|cut myself on|cut myself while|cut myself cooking|cut myself a|cut myself off",
    "hurt myself at|hurt myself running|hurt myself skiing|hurt myself lifting|hurt myself playing",
    "hurt myself doing|kill myself laughing|overdose on|overdosed on|overdosing on|can't go on vacation",
    "can't go on holiday|can't go on a|can't go on the|can't go on trips|can't go on dates|never wake up rested",
    "never wake up on|never wake up early|never wake up before|never wake up in time|not wake up on",
    "not wake up early|don't wake up on|don't wake up early|don't want to live in|don't want to live with",
    "don't want to live near|don't want to live there|don't want to live alone|do not want to live in",
    "want to disappear into|want to disappear under|want to disappear for a|want to disappear to",
    "goodbye letter to my team|goodbye letter to my colleagues|goodbye letter to my boss|beats me every time",
    "beats me at|beats me why|beats me to|hits me that|hits me in the legs|threatened to kill the|kms a|kms per",
    "kms from|kms away|kms of|kms on|kms every|kms to|kms do you|kms did you|恥ずかしすぎて消えたい",
    "恥ずかしくて消えたい|大量の薬味|首にロープウェ|なしでは生きていけな|なしじゃ生きていけな|無しでは生きていけな",
    "がないと生きていけな|薬をためし|薬をためす|自分の首を絞め|自分の首を締め|自分の首をしめ|自分で首を絞め",
    "what i want out of life|what you want out of life|what do you want out of life|do i want out of life",
    "it hits me|reality hits me|that hits me|what hits me|really hits me|beats me!|beats me how",
)

# Words of a sentence that tells of a story, of the news, of work or of play: what it names is nobody's wish.
TOLD = WordList(
    "主人公|登場人物|場面|シーン|セリフ|台詞|歌詞|という曲|という歌|というタイトル|小説|脚本|がテーマ|を描い|を扱",
    "ニュースを|ニュースで|報道|予防|対策|防止|相談員|研修|講座|講演|支援|シェルター|ゲーム|プロレス|ボクシング",
    "格闘技|空手|キックボクシング|バンジー|スカイダイビング|プール|飛び込み台|夢を見|夢占い|character|scene|lyrics",
    "song|novel|movie about|film about|documentary|book about|show about|episode|podcast|news about|article",
    "prevention|awareness|hotline|crisis line|i volunteer|i work at|shelter|training|book club|video game",
    "boss fight|boxing|karate|judo|sparring|chess|bungee|skydiv|physio",
)
# Whoever says so means themselves all the same.
MEANT = WordList(
    "私も|わたしも|自分も|僕も|ぼくも|俺も|いまも|今も|me too|so do i|i also|i feel the same|and so am i|i still",
    "思っていた|思ってた|思っていまし|思ってまし|考えていた|考えてた|時期があ|時期もあ|ことがありま|ことがあった",
    "昔は|昔、|昔の|以前|当時|あのころ|あの頃|あのとき|年前|代のころ|代の頃|育ちまし|育った|育って|言っていた友",
    "亡くし|亡くな|used to|years ago|back then|back in|in my twenties|in my teens|as a kid|as a child|growing up",
    "i grew up|when i was|years since|i was suicidal",
)

# Words of what was, and of what has become of it: together they tell of a crisis that is over.
PAST = WordList(
    "思っていた|思ってた|思っていまし|思ってまし|考えていた|考えてた|時期があ|時期もあ|ことがありま|ことがあった",
    "昔は|昔、|昔の|以前|当時|あのころ|あの頃|あのとき|年前|代のころ|代の頃|育ちまし|育った|育って|言っていた友",
    "亡くし|亡くな|used to|years ago|back then|back in|in my twenties|in my teens|as a kid|as a child|growing up",
    "i grew up|when i was|years since|i was suicidal",
)
OVER = WordList(
    "いまは元気|今は元気|いまは家族|今は家族|元気に|元気です|落ち着いて|いまは平気|今は平気|乗り越え|救われまし",
    "救われて|立ち直|回復し|抜け出し|生きていてよかった|生きててよかった|もう大丈夫|いまは大丈夫|今は大丈夫",
    "いまは離れ|今は離れ|逃げてきて|おかげで|思い出しま|i'm better|i am better|better now|doing better|got better",
    "doing well|i'm okay now|i am okay now|i'm ok now|i'm fine now|i recovered|recovered|in recovery|glad i'm here",
    "glad i stayed|got out|i left him|i left her|i'm safe|i am safe|saved me|now i grow|tell my kids|dating again",
)
