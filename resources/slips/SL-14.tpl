#T 窗口交接班单
#C {hall}
#=
#LR 交接号：{no}|{now}
#LR 窗口：{window}|类型：{kind}
#LR 交班：{from_no}号|接班：{to_no}号
#K 代理期限|{period}
#K 代理权限|{rights}
#-
#W 一、在办件{open_n}件，其中3个工作日内到期{due_n}件
#IF due
#EACH due
#N {it.n}.|{it.case} {it.item} {it.due}到期 {it.light}
#END
#END
#W 二、待办提醒
#IF todos
#EACH todos
#N {it.n}.|{it.text}
#END
#END
#IFNOT todos
#N |无
#END
#W 三、暂存申请人原件
#IF originals
#EACH originals
#N {it.n}.|{it.text}
#END
#END
#IFNOT originals
#N |无
#END
#W 四、物品清点
#K 空白证照|{blanks}
#K 印章|{seals}
#K 票据|{bills}
#K 设备状态|{devices}
#K 五、说明|{note}
#-
#LR 交班确认：{from_sign}|接班确认：{to_sign}
#LR 监交：{lead_sign}|
