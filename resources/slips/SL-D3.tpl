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
#K 与受送达人的关系|{relation}
#IF reason
#K 拒收事由|{reason}
#END
#IF witnesses
#K 见证人|{witnesses}
#END
#IF tracking
#K 邮件号码|{tracking}
#END
#IF consent
#K 同意电子送达|{consent}
#END
#K 送达时间|{served_at}
#K 送达人|{clerk_no}号
#-
#K 申请行政复议|最迟{review_until}
#K 提起行政诉讼|最迟{suit_until}
#-
#SEAL {dept}|（行政审批专用章）
#R {date}
#IF taken
#SIG 收件人签名（代收的写明与受送达人的关系）
#END
#IF witnesses
#SIG 见证人签名
#END
#SIG 送达人签名
