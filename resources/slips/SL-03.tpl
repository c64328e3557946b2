#T 一次性告知单
#C {hall}
#=
#LR 单号：{no}|{now}
#K 事项名称|{item}
#K 您的情形|{situation}
#K 事项类型|{item_type}（{case_type}）
#K 办理依据|{basis}
#-
#IF conditions
#W 一、办理条件
#EACH conditions
#N {it.n}.|{it.text}
#END
#END
#IFNOT conditions
#W 一、办理条件：无特别条件
#END
#W 二、需要提交的全部材料（共{m_count}项）
#EACH materials
#N {it.n}.|{it.name}【{it.need}】{it.form}；{it.source}
#END
#IF shared
#W 免于提交（由我们联网核验）：{shared}
#END
#W 三、办理程序：{steps}
#IF pause_note
#W 四、办理时限：法定{statutory}；承诺{promised}。{pause_note}
#END
#IFNOT pause_note
#W 四、办理时限：法定{statutory}；承诺{promised}。
#END
#W 五、收费：{fee}
#W 六、办理地点：{place}
#W 七、办理时间：{hours}
#-
#IF forms_qr
#W 以上为您所述情形应提交的全部材料。情形有变化的，请告诉我们重新出单。申请表和填写样本可在窗口免费领取，也可扫码下载。
#QQ {forms_qr}|{rating_qr}|扫左码下载空白表和样表，扫右码评价服务
#END
#IFNOT forms_qr
#W 以上为您所述情形应提交的全部材料。情形有变化的，请告诉我们重新出单。申请表和填写样本可在窗口免费领取。
#Q {rating_qr}|扫码评价本次服务
#END
#-
#LR 告知人：{clerk_no}号|事项版本：{ver}
#K 咨询电话|{dept_tel}  投诉：{hall_tel}
#K 行政效能投诉|{eff_tel}
