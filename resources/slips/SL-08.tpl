#T 退件告知单
#C {hall}
#=
#LR 退件号：{no}|{now}
#K 办件编号|{case_no}
#K 申请人|{applicant}
#K 证件号码|{id_masked}
#IF guardian
#K 监护人|{guardian}
#END
#IF agent
#K 代理人|{agent}
#END
#K 申请事项|{item}
#K 退件类别|{category}
#K 退件理由|{reason}
#K 依据|{basis}
#-
#IF materials
#W 退还材料：
#EACH materials
#N {it.n}.|{it.name} {it.form}
#END
#END
#IFNOT materials
#W 退还材料：没有收取材料
#END
#W 下一步：{next_step}
#W {remedy}
#-
#W 对不起，根据上述规定这次不能办理，请原谅。有疑问请找首问责任人，也可到“办不成事”反映窗口（{nb_window}）。
#QQ {qr}|{rating_qr}|扫左码查询办件（查询码：{qcode}），扫右码评价服务
#LR 经办：{clerk_no}号 {window}窗口|复核：{reviewer}
#SIG 申请人（代理人）签收
