SELECT code, sort FROM area WHERE selectable
