#T {title}
#C {doc_no}
#=
#W {applicant}：
#P 您（单位）的{item}申请（办件编号{case_no}）已于{accept_date}受理。
#IF extension
#IF licence
#P 因{reason}，原期限内不能作出决定。根据《中华人民共和国行政许可法》第四十二条的规定，经{approver}批准，办理期限延长{days}个工作日。
#END
#IFNOT licence
#IF calendar
#P 因{reason}，原期限内不能办结。根据{basis}的规定，经{approver}批准，办理期限延长{days}日。
#END
#IFNOT calendar
#P 因{reason}，原期限内不能办结。根据{basis}的规定，经{approver}批准，办理期限延长{days}个工作日。
#END
#END
#END
#IFNOT extension
#IF licence
#P 根据《中华人民共和国行政许可法》第四十五条的规定，本申请依法需要{special}，所需时间{days}个工作日（{from_date}至{to_date}），不计算在办理期限内。
#END
#IFNOT licence
#P 根据{basis}的规定，本申请依法需要{special}，所需时间{days}个工作日（{from_date}至{to_date}），不计算在办理期限内。
#END
#END
#K 原办结日期|{old_due}
#K 新办结日期|{new_due}
#IF provisional
#W 新日期跨入节假日安排尚未公布的年度，为暂定日期，公布后如有变化将另行告知。
#END
#-
#IF agent
#K 代理人|{agent}
#END
#LR 经办：{clerk_no}号 {window}窗口|电话：{dept_tel}
#SEAL {dept}|（行政审批专用章）
#R {date}
#SIG 申请人（代理人）签收
