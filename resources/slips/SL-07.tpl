#T 不予受理通知书
#C {doc_no}
#=
#W {applicant}：
#P 您（单位）于{apply_date}提出的{item}申请收悉。经审查：{fact}
#IF clause
#IF other_basis
#P 根据《中华人民共和国行政许可法》第三十二条第一款第（{clause}）项、{other_basis}的规定，决定{decision}。
#END
#IFNOT other_basis
#P 根据《中华人民共和国行政许可法》第三十二条第一款第（{clause}）项的规定，决定{decision}。
#END
#END
#IFNOT clause
#P 根据{basis}的规定，决定{decision}。
#END
#P {guide}
#-
#W 权利告知：如不服本决定，可以自收到本通知书之日起六十日内向{review_org}申请行政复议，或者自收到本通知书之日起六个月内依法向{court}提起行政诉讼。
#IF pre_review
#W {pre_review}
#END
#-
#K 办件编号|{case_no}
#K 证件号码|{id_masked}
#IF guardian
#K 监护人|{guardian}
#END
#IF agent
#K 代理人|{agent}
#END
#K 退回材料|{returned}
#QQ {qr}|{rating_qr}|扫左码查询办件（查询码：{qcode}），扫右码评价服务
#LR 经办：{clerk_no}号 {window}窗口|电话：{dept_tel}
#SEAL {dept}|（行政审批专用章）
#R {date}
#SIG 申请人（代理人）签收
