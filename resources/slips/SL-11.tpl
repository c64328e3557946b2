#IF instant
#T 即办件办结单
#END
#IFNOT instant
#T 办结告知单
#END
#C {hall}
#=
#W {applicant}：
#IF instant
#P 您（单位）于{done_date}提出的{item}申请，材料齐全、符合要求。根据{basis}的规定，已当场办结。
#END
#IFNOT instant
#P 您申请的{item}已于{done_date}办结（承诺{promise_date}，{early}）。
#END
#-
#K 证件号码|{id_masked}
#IF guardian
#K 监护人|{guardian}
#END
#IF agent
#K 代理人|{agent}
#END
#K 办理结果|{result}
#K 结果文书|{docs}
#IF instant
#K 受理材料|共{m_count}项
#K 送达|当场交付
#END
#IFNOT instant
#K 领取地点|{place}
#K 领取凭据|{need}
#T 领取码 {pickup_code}
#IF deliver_by
#K 证照送达|最迟{deliver_by}（自决定之日起10个工作日）
#END
#IF post
#W 不便来的可免费邮寄。
#END
#END
#IF fee
#K 应缴费用|{fee}
#END
#IF paid
#K 缴费|{paid}
#END
#IF next
#K 接下来|{next}
#END
#-
#QQ {qr}|{rating_qr}|扫左码查询办件（查询码：{qcode}），扫右码评价服务
#K 办件编号|{case_no}
#K 办结时间|{now}
#LR 经办：{clerk_no}号 {window}窗口|咨询：{dept_tel}
#K 投诉电话|{hall_tel}
#IF instant
#SIG 申请人（代理人）签收
#END
