// What official usage wants: the tables of characters, terms and Simplified characters, each row with its source.
import type { Say } from '../../core/source.js';
import { chineseNumeral, digitsOf } from './numerals.js';

/** Where a row comes from. */
export const AUTHORITIES = {
  /** 行政院《文書處理手冊》104 年 7 月, 附錄 2; https://www.ey.gov.tw/Page/9277F759E41CCD91 */
  characters: { zh: '法律統一用字表', en: 'the official table of characters (法律統一用字表)' },
  /** 行政院《文書處理手冊》104 年 7 月, 附錄 3; same page */
  terms: { zh: '法律統一用語表', en: 'the official table of terms (法律統一用語表)' },
  /** 公文撰作解析 附錄 (二) 其他法制常用語釐清, p. 124, https://ws.csptc.gov.tw */
  drafting: { zh: '公文撰作解析', en: 'the drafting guide (公文撰作解析)' },
} as const satisfies Record<string, Say>;

/**
 * A word that official documents write otherwise. `before` and `after` are characters that, standing next to it, make it
 * part of another word (行政執行處 in 行政執行處分); `open`: the right word depends on the case, so it is not replaced.
 */
export type Usage = {
  readonly wrong: string;
  readonly right: string;
  readonly of: keyof typeof AUTHORITIES;
  readonly before?: string;
  readonly after?: string;
  readonly open?: true;
};

const rows = (of: Usage['of'], pairs: string): Usage[] =>
  pairs
    .trim()
    .split(/\s+/)
    .map((pair) => {
      const [wrong = '', right = ''] = pair.split('→');
      const [before = '', after = ''] = PARTED[wrong] ?? [];
      return { wrong, right, of, ...(before && { before }), ...(after && { after }) };
    });

/**
 * What makes a row part of other words: characters before it, and characters behind it. 開發佈局 is 開發 and 佈局, 受僱員工
 * is 受僱 and 員工, 遠征收兵 is 遠征 and 收兵.
 */
const PARTED: Readonly<Record<string, readonly [before: string, after: string]>> = {
  公佈: ['辦', '告局置線署達滿景設建點施'],
  分佈: ['', '告局置線署達景設建施'],
  發佈: ['', '告局置線署滿景設建點施'],
  宣佈: ['', '告局置線署滿景設建點'],
  征兵: ['出遠長親', ''],
  征稅: ['出遠長', ''],
  征收: ['出遠長親', '兵隊'],
  身份: ['本自全隨單', '量額'],
  部份: ['每各本全', '數內額量'],
  抵觸: ['', '動'],
  僱員: ['受聘新約解', '工額'],
  僱主: ['受聘', '任持席管'],
  雇用: ['解受聘', '品'],
  規畫: ['法校陳常', '面家質'],
  策畫: ['政決對', '面家'],
  搜集: ['', '中團體會'],
  煙酒: ['禁戒', ''],
  盡先: ['竭善用耗窮已', '前'],
  盡速: ['竭用耗窮已', '度率'],
  盡量: ['竭善用耗窮已', ''],
  徹底: ['貫', '下'],
  并且: ['合吞兼歸', ''],
  并應: ['合吞兼歸', ''],
  計劃書: ['設統估', '寫'],
  計劃表: ['設統估', '示達面明'],
  計劃案: ['設統估', '件例情'],
  厘訂: ['公', ''],
  厘定: ['公', ''],
  電錶: ['閃', ''],
  關于: ['機海有相', '右'],
  對于: ['針面相', ''],
  事跡: ['', '象證近'],
  史跡: ['', '象'],
  臟物: ['內心', ''],
  復驗: ['回恢', ''],
  受雇: ['', '主員工'],
  聘雇: ['', '主員工'],
  解雇: ['', '主員工'],
  上昇: ['以之', '降平華'],
  提昇: ['', '降華'],
  印鑒: ['用', '核賞'],
  收迄: ['', '今未無不該'],
  付迄: ['', '今未無不該'],
  注銷: ['', '售量'],
  取銷: ['收領提', '售毀量'],
};

/**
 * The rows of 法律統一用字表 that a program can tell apart without understanding the sentence. Left out: 拆除／撤除,
 * 祗／只, 給與／給予, 授與／授予, 復查／複查, 申請／聲請 (but before a court), nouns and verbs of 記錄 and 計劃 outside the
 * words below. Left out too is what laws in force write both ways: 剩餘／賸餘 (剩餘財產, 剩餘土石方), 複核／覆核, 橋樑, 水錶,
 * 遺跡, 起迄／起訖, 令其／命其限期改善. A single character stands for every word it is in.
 */
export const CHARACTERS: readonly Usage[] = [
  ...rows(
    'characters',
    `公佈→公布 分佈→分布 頒佈→頒布 發佈→發布 宣佈→宣布 征兵→徵兵 征稅→徵稅 征收→徵收 稽征→稽徵 身份→身分 部份→部分 賬→帳
     韮→韭 鑛→礦 舘→館 踪→蹤 碍→礙 佔→占 抵觸→牴觸 僱員→雇員 僱主→雇主 雇用→僱用 解雇→解僱 受雇→受僱 聘雇→聘僱
     粘貼→黏貼 策畫→策劃 規畫→規劃 擘畫→擘劃 搜集→蒐集 煙葉→菸葉 煙酒→菸酒 盡先→儘先 盡速→儘速 盡量→儘量 蔴→麻
     電錶→電表 擦括→擦刮 燐→磷 貫澈→貫徹 徹底→澈底 并且→並且 并應→並應 粮→糧 蹤蹟→蹤跡 厘訂→釐訂 厘定→釐定
     關于→關於 對于→對於 事跡→事蹟 史跡→史蹟 臟物→贓物 復驗→複驗 予以紀錄→予以記錄 加以紀錄→加以記錄
     計劃書→計畫書 計劃表→計畫表 計劃案→計畫案 工作計劃→工作計畫 年度計劃→年度計畫
     施政計劃→施政計畫 實施計劃→實施計畫 執行計劃→執行計畫 還款計劃→還款計畫 分期計劃→分期計畫 改善計劃→改善計畫
     訓練計劃→訓練計畫 研究計劃→研究計畫 行動計劃→行動計畫 專案計劃→專案計畫`,
  ),
  ...['會議', '通話', '談話', '訪談', '繳款', '繳費', '執行', '修訂', '修正', '作成', '製作'].map(
    (lead): Usage => ({
      wrong: `${lead}記錄`,
      right: `${lead}紀錄`,
      of: 'characters',
      after: '人者員於在並工器儀裝片影下之',
    }),
  ),
  ...['表', '簿'].map(
    (end): Usage => ({
      wrong: `記錄${end}`,
      right: `紀錄${end}`,
      of: 'characters',
      before: '應須得並予',
      after: '列示明達面冊',
    }),
  ),
  { wrong: '向法院申請', right: '向法院聲請', of: 'characters', open: true },
  ...rows('drafting', '上昇→上升 提昇→提升 印鑒→印鑑 鑒定→鑑定 鑒別→鑑別 收迄→收訖 付迄→付訖 注銷→註銷 取銷→取消'),
];

/** The office that the Administrative Enforcement Agency's branches were called until 2011: 行政院 100.12.16 院臺規字第 1000109431 號公告. */
export const OLD_OFFICE: Usage = {
  wrong: '行政執行處',
  right: '行政執行分署',
  of: 'drafting',
  before: '原前舊',
  after: '分所理置罰',
  open: true,
};

/** 新臺幣三萬元以上十五萬元: nothing but an amount, or two. */
const AMOUNT =
  '(?:新[臺台]幣)?[零一二三四五六七八九十百千萬億\\d,]{1,14}元(?:以上[零一二三四五六七八九十百千萬億\\d,]{1,14}元)?';

/** A term of law that is written otherwise, and what belongs there; `undefined` where it is right as it is. */
type Term = { readonly pattern: RegExp; right(match: RegExpExecArray): string | undefined };

/** The rows of 法律統一用語表; each pattern is tried at one place of a text. They begin with one of `TERM_BEGINS`. */
export const TERMS: readonly Term[] = [
  // 「第九十八條」不寫為「第九八條」,「第一百條」不寫為「第一○○條」
  {
    pattern: /第([一二三四五六七八九][〇○零一二三四五六七八九]{1,3})(?=條|項|款|點)/y,
    right: (match) => `第${chineseNumeral(Number(digitsOf(match[1] ?? '')))}`,
  },
  // 「第一百十八條」不寫為「第一百一十八條」
  {
    pattern: /第([一二三四五六七八九]百)一(十[一二三四五六七八九]?)(?=條|項|款|點)/y,
    right: (match) => `第${match[1]}${match[2]}`,
  },
  { pattern: /自公布之日施行/y, right: () => '自公布日施行' },
  // 罰鍰用「處」, 罰金用「科」, and neither takes 「之」. Penal laws in force say 處…罰金 of an amount alone, and 處拘役或…罰金.
  { pattern: new RegExp(`[處科](${AMOUNT}以下)之?罰鍰`, 'y'), right: (match) => `處${match[1]}罰鍰` },
  { pattern: new RegExp(`科(${AMOUNT}以下)之罰金`, 'y'), right: (match) => `科${match[1]}罰金` },
];
export const TERM_BEGINS = '第自處科';

/** Names of the time in which a case is handled (「公文用語應注意前後一貫」); the first is the one that is kept where they tie. */
export const DEADLINE_TERMS = ['辦理時限', '處理時限', '辦理期限', '處理期限', '作業期限', '作業時限'];

/**
 * Simplified characters with the one traditional character each stands for: those of 《簡化字總表》 among the common
 * characters of GB 2312 that no Traditional character set (Big5) has. 台, 后, 只, 里 … are also traditional: not here.
 */
const SIMPLIFIED = [
  '专專业業丛叢东東丝絲丢丟两兩严嚴丧喪临臨为為丽麗举舉义義乌烏乐樂乔喬习習乡鄉书書买買乱亂争爭亏虧亚亞产產亩畝亲親亿億仅僅从從仓倉仪儀们們众眾会會伞傘伟偉传傳伤傷伦倫伪偽侠俠侣侶侥僥侦偵侧側侨僑侩儈俩倆俭儉债債倾傾偿償',
  '储儲兑兌兰蘭关關兴興兹茲养養兽獸内內冈岡册冊写寫军軍农農冯馮决決况況冻凍凉涼减減凑湊凛凜凤鳳凭憑凯凱击擊凿鑿刘劉则則刚剛创創删刪刹剎刽劊剂劑剐剮剑劍剥剝剧劇劝勸办辦务務动動励勵劲勁劳勞势勢匀勻区區医醫华華协協单單卖賣',
  '卢盧卧臥卫衛却卻厅廳厉厲压壓厌厭厕廁厢廂厦廈厨廚厩廄县縣双雙变變叙敘叠疊叶葉号號吓嚇吕呂吗嗎启啟吴吳呐吶呕嘔员員呛嗆呜嗚咏詠咙嚨响響哑啞哟喲唤喚啸嘯喷噴嘘噓嘱囑嚣囂园園囱囪围圍国國图圖圆圓场場块塊坚堅坝壩坞塢坟墳坠墜',
  '垄壟垒壘垦墾垫墊堑塹堕墮墙牆壮壯声聲壳殼壶壺处處备備够夠头頭夺奪奋奮奖獎奥奧妆妝妇婦妈媽娄婁娇嬌娱娛婴嬰婶嬸孙孫学學孪孿宝寶实實宠寵审審宪憲宫宮宽寬宾賓寝寢对對寻尋导導寿壽将將尔爾尘塵尧堯层層屉屜届屆属屬屡屢屿嶼岁歲',
  '岂豈岗崗岛島岿巋峡峽峦巒崭嶄巩鞏币幣帅帥师師帐帳帜幟带帶帧幀帮幫幂冪广廣庆慶庐廬库庫应應庙廟庞龐废廢开開弃棄张張弯彎弹彈强強归歸彦彥彻徹忆憶忧憂态態怂慫总總恋戀恒恆恳懇恼惱悦悅悬懸悯憫惧懼惨慘惩懲惫憊惭慚惮憚惯慣愤憤',
  '慑懾懒懶戏戲战戰户戶执執扩擴扫掃扬揚抚撫抛拋抠摳抡掄抢搶护護报報担擔拟擬拢攏拣揀拥擁拦攔拧擰拨撥择擇挚摯挛攣挝撾挞撻挟挾挠撓挡擋挣掙挤擠挥揮捞撈损損捡撿换換掳擄掷擲掸撣掺摻揽攬搀攙搁擱搂摟搅攪携攜摄攝摇搖摈擯摊攤撑撐',
  '撵攆擞擻攒攢敌敵敛斂数數斋齋斩斬断斷无無旧舊时時旷曠昼晝显顯晋晉晓曉晕暈暂暫杀殺杂雜权權条條来來杨楊枢樞枣棗枪槍枫楓柠檸栅柵标標栈棧栋棟栏欄树樹样樣档檔桥橋桨槳桩樁梦夢检檢椭橢楼樓槛檻横橫樱櫻橱櫥欢歡欧歐歼殲残殘殴毆',
  '毕畢毙斃毡氈氢氫汉漢汤湯汹洶沟溝没沒沤漚沥瀝沦淪沧滄沪滬泪淚泻瀉泼潑泽澤浅淺浆漿浇澆浊濁测測济濟浑渾浓濃涛濤涝澇涟漣涡渦涣渙涤滌润潤涧澗涨漲涩澀渊淵渍漬渐漸渔漁渗滲温溫湾灣溃潰溅濺滚滾滞滯满滿滤濾滥濫滦灤滨濱滩灘潍濰',
  '潜潛澜瀾濒瀕灭滅灯燈灵靈灾災灿燦炉爐点點炽熾烁爍烂爛烃烴烛燭烦煩烧燒烩燴烫燙烬燼热熱焕煥爱愛爷爺牵牽牺犧犊犢状狀犹猶狈狽狞獰独獨狭狹狮獅狰猙狱獄猎獵猪豬猫貓献獻獭獺玛瑪环環现現珐琺琐瑣琼瓊瑶瑤电電画畫畅暢畴疇疗療疟瘧',
  '疡瘍疮瘡疯瘋痈癰痉痙痪瘓瘪癟瘫癱癣癬皑皚皱皺盏盞盐鹽监監盖蓋盗盜盘盤睁睜瞒瞞瞩矚矫矯矾礬矿礦码碼砖磚砚硯砾礫础礎硕碩碱鹼礼禮祷禱祸禍禄祿秃禿秆稈积積称稱秽穢税稅稳穩穷窮窃竊窍竅窑窯窜竄窝窩窥窺竖豎竞競笋筍笔筆笺箋笼籠',
  '筛篩筹籌简簡箩籮篓簍篮籃类類粤粵粪糞紧緊纠糾红紅约約级級纪紀纫紉纬緯纯純纱紗纲綱纳納纵縱纶綸纷紛纸紙纹紋纺紡纽紐线線练練组組绅紳细細织織终終绊絆绍紹绎繹经經绑綁绒絨结結绘繪给給绚絢络絡绝絕绞絞统統绢絹绣繡绥綏绦絛继繼',
  '绩績绪緒续續绰綽绳繩维維绵綿绷繃绸綢综綜绽綻绿綠缀綴缄緘缅緬缆纜缉緝缎緞缓緩缔締缕縷编編缘緣缚縛缝縫缠纏缨纓缩縮缮繕缴繳罗羅罚罰罢罷翘翹耸聳耻恥聂聶聋聾职職联聯聪聰肃肅肠腸肤膚肾腎肿腫胀脹胁脅胆膽胶膠脉脈脐臍脑腦脓膿',
  '脚腳脱脫脸臉腻膩腾騰舆輿舰艦舱艙艰艱艺藝节節芜蕪芦蘆苇葦苍蒼茎莖荆荊荚莢荣榮荤葷荧熒莱萊莲蓮莹瑩萝蘿萤螢营營萧蕭萨薩葱蔥蒋蔣蓝藍蓟薊蔷薔蔼藹蕴蘊虏虜虑慮虚虛虽雖虾蝦蚀蝕蚁蟻蚂螞蛊蠱蛮蠻蛰蟄蜕蛻蜗蝸蝇蠅蝉蟬衅釁衔銜补補',
  '衬襯袄襖袜襪袭襲装裝裤褲见見观觀规規觅覓视視览覽觉覺誉譽誊謄计計订訂讣訃认認讥譏讨討让讓讫訖训訓议議讯訊记記讲講讳諱讶訝许許讹訛论論讼訟讽諷设設访訪诀訣评評诅詛识識诈詐诉訴诊診诌謅词詞译譯试試诗詩诚誠诛誅话話诞誕诡詭',
  '询詢诣詣该該详詳诧詫诫誡诬誣语語误誤诱誘诲誨说說诵誦请請诸諸诺諾读讀诽誹课課谁誰调調谅諒谆諄谈談谊誼谋謀谍諜谎謊谐諧谓謂谗讒谚諺谜謎谢謝谣謠谤謗谦謙谨謹谩謾谬謬谭譚谰讕谱譜谴譴贝貝贞貞负負贡貢财財责責贤賢败敗货貨质質',
  '贩販贪貪贫貧贬貶购購贮貯贯貫贰貳贱賤贴貼贵貴贷貸贸貿费費贺賀贼賊贾賈贿賄赁賃赂賂赃贓资資赊賒赋賦赌賭赎贖赏賞赐賜赔賠赖賴赘贅赚賺赛賽赠贈赡贍赢贏赣贛赵趙趋趨跃躍践踐踌躊蹿躥躯軀车車轧軋轨軌轩軒转轉轮輪软軟轰轟轴軸轻輕',
  '载載轿轎较較辅輔辆輛辈輩辉輝辊輥辐輻辑輯输輸辕轅辖轄辗輾辙轍辞辭辩辯辫辮边邊辽遼达達迁遷过過迈邁运運还還这這进進远遠违違连連迟遲选選逊遜递遞逻邏遗遺遥遙邓鄧邮郵邹鄒邻鄰郑鄭郧鄖郸鄲酝醞酱醬酿釀释釋钉釘钒釩钓釣钙鈣钝鈍',
  '钞鈔钠鈉钡鋇钢鋼钦欽钧鈞钨鎢钩鉤钮鈕钱錢钳鉗钵缽钾鉀铀鈾铁鐵铂鉑铃鈴铅鉛铆鉚铜銅铝鋁铡鍘铣銑铬鉻铭銘铰鉸铱銥银銀铸鑄链鏈销銷锁鎖锄鋤锅鍋锈鏽锋鋒锌鋅锐銳锑銻锗鍺错錯锚錨锡錫锣鑼锥錐锦錦锭錠键鍵锯鋸锰錳锹鍬锻鍛镀鍍镁鎂',
  '镇鎮镊鑷镍鎳镐鎬镑鎊镜鏡镣鐐镭鐳镶鑲长長门門闪閃闭閉问問闯闖闰閏间間闷悶闸閘闹鬧闺閨闻聞闽閩阀閥阁閣阂閡阅閱阉閹阎閻阐闡阑闌阔闊队隊阳陽阴陰阵陣阶階际際陆陸陇隴陈陳陕陝陨隕险險随隨隐隱隶隸难難雏雛雾霧静靜韦韋韧韌韩韓',
  '韵韻页頁顶頂顷頃项項顺順顽頑顾顧顿頓颁頒颂頌预預颅顱领領颇頗颈頸颊頰颐頤频頻颓頹颖穎颗顆题題颜顏额額颠顛颤顫颧顴风風飘飄飞飛饭飯饮飲饯餞饰飾饱飽饲飼饵餌饶饒饺餃饼餅饿餓馁餒馅餡馆館馈饋馋饞馏餾馒饅马馬驭馭驮馱驯馴驰馳',
  '驱驅驳駁驴驢驶駛驹駒驻駐驼駝驾駕骂罵骄驕骆駱骇駭骋騁验驗骏駿骑騎骗騙骚騷骡騾骤驟鱼魚鲁魯鲍鮑鲜鮮鲤鯉鲸鯨鳃鰓鳖鱉鳞鱗鸟鳥鸡雞鸣鳴鸥鷗鸦鴉鸭鴨鸯鴦鸳鴛鸵鴕鸽鴿鸿鴻鹃鵑鹅鵝鹊鵲鹏鵬鹤鶴鹰鷹麦麥黄黃齐齊齿齒龄齡龋齲龙龍龚龔',
  '龟龜',
].join('');
/** Simplified characters that stand for several traditional ones: they are found, but the author chooses. */
const SIMPLIFIED_OPEN =
  '个仑冲净别勋卤历参发叹哗团坛夹尝尽弥当录径恶捣摆术毁汇湿炼烟签纤绕脏艳苏荡荫药获证赞迹鉴针钟钥钻铲铺锤镰闲须饥';

/** Each Simplified character with its Traditional one; the text is empty where there are several. */
export const TRADITIONAL = new Map<string, string>();
for (let i = 0; i < SIMPLIFIED.length; i += 2) TRADITIONAL.set(SIMPLIFIED.charAt(i), SIMPLIFIED.charAt(i + 1));
for (const c of SIMPLIFIED_OPEN) TRADITIONAL.set(c, '');
