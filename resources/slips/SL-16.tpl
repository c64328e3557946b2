#T 容缺受理告知书
#C {doc_no}
#=
#K 申请人|{applicant}
#IF agent
#K 代理人|{agent}
#END
#K 申请事项|{item}
#K 办件编号|{case_no}
#-
#W 您的主要材料齐全、符合要求。下列次要材料暂缺，我们先予受理：
#EACH missing
#N {it.n}.|{it.name}（{it.kind}），最迟{it.by}{it.how}补齐
#END
#W 在补齐之前进行审查，补齐后作出决定、发给证照。到期没有补齐或者补的材料不符合要求的，终止本次办理，材料退还。
#-
#W 申请人承诺：上述情况属实，在承诺的期限内补齐材料；不能按期补齐的，愿意承担相应后果。
#LR 经办：{clerk_no}号 {window}窗口|电话：{dept_tel}
#SEAL {dept}|（行政审批专用章）
#R {date}
#SIG 申请人（代理人）承诺签名
