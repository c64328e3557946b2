#IF licence
#T 准予行政许可决定书
#END
#IFNOT licence
#T 准予办理决定书
#END
#C {doc_no}
#=
#W {applicant}：
#P 您（单位）于{apply_date}提出的{item}申请，本机关于{accept_date}受理。经审查，申请材料齐全、符合法定形式，申请符合法定条件、标准。
#IF licence
#P 根据《中华人民共和国行政许可法》第三十八条第一款、{basis}的规定，决定准予行政许可。
#END
#IFNOT licence
#P 根据{basis}的规定，决定准予办理。
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
#K 准予内容|{content}
#K 结果文书|{result}
#IF validity
#K 有效期|{validity}
#END
#IF deliver_by
#K 送达期限|最迟{deliver_by}（自作出决定之日起10个工作日）
#END
#IF provisional
#W 送达期限跨入节假日安排尚未公布的年度，为暂定日期。
#END
#-
#IF licence
#W 本决定依法公开，公众有权查阅。
#END
#W 权利告知：对本决定不服的，可以自知道本决定之日起{review_days}日内向{review_org}申请行政复议，或者自知道本决定之日起{suit_months}个月内依法向{court}提起行政诉讼。
#LR 审查：{clerk_no}号|联系电话：{dept_tel}
#SEAL {dept}|（行政审批专用章）
#R {date}
#SIG 申请人（代理人）签收
