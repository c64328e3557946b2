#T 收件凭证
#C {hall}
#=
#K 办件编号|{case_no}
#K 收件时间|{now}
#K 申请人|{applicant}
#K 证件号码|{id_masked}
#IF guardian
#K 监护人|{guardian}
#END
#IF agent
#K 代理人|{agent}
#END
#K 申请事项|{item}
#K 承办部门|{dept}
#-
#W 收到材料{m_count}项：
#EACH materials
#N {it.n}.|{it.name} {it.form}
#END
#IF originals
#W 留存原件（请妥善保管本凭证，凭本凭证取回）：{originals}
#END
#-
#IF licence
#W 本凭证只证明收到材料，不等于受理。我们最迟于{notice_due}告知您受理、补正或者不予受理；需要补正的，一次告知全部内容。到期没有告知的，自收到材料之日起即为受理（《行政许可法》第三十二条第一款第四项）。
#END
#IFNOT licence
#W 本凭证只证明收到材料，不等于受理。我们最迟于{notice_due}告知您受理、补正或者不予受理；需要补正的，一次告知全部内容（依据：{basis}）。
#END
#QQ {qr}|{rating_qr}|扫左码查询进度（查询码：{qcode}），扫右码评价服务
#-
#LR 收件人：{clerk_no}号|{window}窗口
#K 咨询电话|{dept_tel}  投诉：{hall_tel}
