#T 送达回证
#=
#K 受送达人|{applicant}
#K 证件号码|{id_masked}
#K 送达文书|{title}
#K 文号|{doc_no}
#K 份数|1份
#K 办件编号|{case_no}
#K 申请事项|{item}
#K 送达地点|{place}
#K 送达方式|{how}
#K 收件人|{receiver}
#K 送达时间|{served_at}
#-
#K 申请行政复议|最迟{review_until}
#K 提起行政诉讼|最迟{suit_until}
#-
#SEAL {dept}|（行政审批专用章）
#R {date}
#SIG 收件人签名（代收的写明与受送达人的关系）
