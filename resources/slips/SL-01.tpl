#T {hall}
#C 排队号票
#=
#T {ticket_no}
#C {biz}
#-
#LR 等候区：{zone}|办理窗口：{windows}
#IF eta
#LR 前面等候：{ahead}人|预计等候：约{eta}分钟
#END
#IFNOT eta
#K 前面等候|{ahead}人
#END
#K 取号时间|{issued_at}
#IF priority
#K 优先办理|{priority}（绿色通道）
#END
#-
#IF suspend_note
#W 【告示】{suspend_note}
#-
#END
#W 请留意叫号屏和语音。过号请到{miss_place}报号，顺延{miss_n}位，不必重新取号。
#W 本号当日有效。下班前已取号的，我们延时为您办完。
#K 咨询电话|{hall_tel}
#IF qr
#Q {qr}|到窗口请出示此码
#END
#IF barcode
#B {barcode}
#END
