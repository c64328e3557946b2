#IF licence
#T 不予行政许可决定书
#END
#IFNOT licence
#T 不予办理决定书
#END
#C {doc_no}
#=
#W {applicant}：
#P 您（单位）于{apply_date}提出的{item}申请，本机关于{accept_date}受理。经审查查明：{facts}
#P 上述情况不符合下列条件：
#EACH unmet
#N {it.n}.|{it.text}
#END
#IF licence
#P 根据《中华人民共和国行政许可法》第三十八条第二款、{basis}的规定，决定不予行政许可。
#END
#IFNOT licence
#P 根据{basis}的规定，决定不予办理。
#END
#-
#W 权利告知：如不服本决定，可以自收到本决定书之日起{review_days}日内向{review_org}申请行政复议，或者自收到本决定书之日起{suit_months}个月内依法向{court}提起行政诉讼。
#-
#K 办件编号|{case_no}
#K 证件号码|{id_masked}
#IF guardian
#K 监护人|{guardian}
#END
#IF agent
#K 代理人|{agent}
#END
#LR 审查：{clerk_no}号|联系电话：{dept_tel}
#SEAL {dept}|（行政审批专用章）
#R {date}
#SIG 申请人（代理人）签收
