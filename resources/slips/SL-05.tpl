#T 受理通知书
#C {doc_no}
#=
#W {applicant}：
#IFNOT deferred
#IF licence
#P 您（单位）于{apply_date}提出的{item}申请，材料齐全、符合法定形式。根据《中华人民共和国行政许可法》第三十二条第一款第（五）项的规定，现予受理。
#END
#IFNOT licence
#P 您（单位）于{apply_date}提出的{item}申请，材料齐全、符合要求。根据{basis}的规定，现予受理。
#END
#END
#IF deferred
#P 您（单位）于{apply_date}提出的{item}申请，主要材料齐全、符合要求，现予受理。下列材料容缺后补：
#EACH deferred
#N {it.n}.|{it.name}，最迟{it.by}补齐
#END
#W 补齐之前进行审查，补齐后作出决定、发给证照。到期没有补齐的，终止本次办理，材料退还。
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
#K 受理日期|{accept_date}
#K 承诺办结|最迟{promise_date}（{promise_days}，从受理次日起算）
#IF stat_rule
#K 法定期限|{stat_rule}
#END
#IFNOT stat_rule
#K 法定期限|最迟{stat_date}（{stat_days}）
#END
#IF provisional
#W 期限跨入节假日安排尚未公布的年度，日期为暂定，公布后如有变化将另行告知。
#END
#IF special
#K 不计入期限|{special}
#END
#K 收费|{fee}
#K 办理结果|{result}
#K 领取方式|{pickup}
#IF receipt
#K 受理材料|共{m_count}项，清单见收件凭证
#END
#IFNOT receipt
#K 受理材料|共{m_count}项
#END
#-
#QQ {qr}|{rating_qr}|扫左码查询进度（查询码：{qcode}），扫右码评价服务
#W 承诺时限内尽可能提前办结。到期未办结的，请拨打{hall_tel}。
#LR 经办：{clerk_no}号 {window}窗口|联系电话：{dept_tel}
#SEAL {dept}|（行政审批专用章）
#R {accept_date}
#SIG 申请人（代理人）签收
