#T 代办委托单
#C {hall}
#=
#LR 委托号：{no}|{now}
#K 委托人|{principal}
#K 代办员|{agent}
#K 代办事项|{items}
#K 代办范围|{scope}
#K 代办期限|{until}
#-
#W 代办免费。代办员不代替申请人对材料真实性负责，不代签应由本人签署的文书，不收取钱物。委托人可以随时撤回委托。
#K 进展告知|{report}
#K 监督电话|{hall_tel}
#SIG 委托人签名
#SIG 代办员签名
