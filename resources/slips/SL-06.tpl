#T 补正材料告知书
#C {doc_no}
#=
#W {applicant}：
#IF licence
#P 您（单位）于{apply_date}提出的{item}申请收悉。经核对，下列材料不齐全或者不符合法定形式。根据《中华人民共和国行政许可法》第三十二条第一款第（四）项的规定，现将需要补正的全部内容一次告知如下：
#END
#IFNOT licence
#P 您（单位）于{apply_date}提出的{item}申请收悉。经核对，下列材料不齐全或者不符合要求。根据{basis}的规定，现将需要补正的全部内容一次告知如下：
#END
#EACH defects
#N {it.n}.|{it.material}【{it.kind}】
#N |{it.what}
#N |请这样补：{it.fix}
#END
#-
#IF returned
#W 您交来的全部材料（{returned}）已经退还。补正后请将全部材料重新提交，自重新提交之日起办理。
#END
#IFNOT returned
#IF ok_count
#W 其余{ok_count}项材料已符合要求，不必再交。
#END
#END
#K 补正方式|{how}
#K 补正期限|{supply_by}
#IFNOT returned
#W 补齐全部材料之日为受理之日。除新补交的材料以外，不再提出新的补正要求。
#END
#IF remote
#W 对不起，您还缺少以上材料，这是补办件的清单，请收好。不方便来的，可{remote}提交。
#END
#IFNOT remote
#W 对不起，您还缺少以上材料，这是补办件的清单，请收好。
#END
#QQ {qr}|{rating_qr}|扫左码查询进度（查询码：{qcode}），扫右码评价服务
#-
#K 办件编号|{case_no}
#K 证件号码|{id_masked}
#IF guardian
#K 监护人|{guardian}
#END
#IF agent
#K 代理人|{agent}
#END
#LR 告知人：{clerk_no}号 {window}窗口|电话：{dept_tel}
#SEAL {dept}|（行政审批专用章）
#R {date}
#SIG 申请人（代理人）签收
